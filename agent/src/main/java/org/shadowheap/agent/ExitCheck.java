package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.Verified;
import org.shadowheap.barrier.PendingObjects;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.EventSink;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.instrument.OwnClasses;
import org.shadowheap.verify.Verification;

/**
 * What {@code verify=exit} asks for: the steps of a {@link Verification} at the end of a session.
 *
 * <p>Whatever goes wrong here is one line on stderr, and the report is written without a comparison.
 */
final class ExitCheck {

    private final Verification verification;
    private final Instrumentation instrumentation;
    private final ClassTable classes;
    private final @Nullable Attachment attachment;
    private boolean dumped;

    private ExitCheck(
            Verification verification,
            Instrumentation instrumentation,
            ClassTable classes,
            @Nullable Attachment attachment) {
        this.verification = verification;
        this.instrumentation = instrumentation;
        this.classes = classes;
        this.attachment = attachment;
    }

    /** Prepares the check before anything is mirrored; null if it cannot be made here. */
    static @Nullable ExitCheck prepare(
            Instrumentation instrumentation, ClassTable classes, @Nullable Attachment attachment) {
        try {
            return new ExitCheck(new Verification(), instrumentation, classes, attachment);
        } catch (IOException | RuntimeException | LinkageError failure) {
            failed(failure);
            return null;
        }
    }

    /** Is to hear every event after the mirror. */
    EventSink witness() {
        return verification.witness();
    }

    /**
     * Takes the dump, while events are recorded and the drain is at work: what happened before is drained before, what
     * happens meanwhile is known to.
     */
    void dump(Drain drain) {
        if (Recording.failure() != null) {
            StandardError.line("not verified, recording ended early: " + Recording.failure());
            return;
        }
        try {
            PendingObjects.readAll();
            drain.catchUp();
            verification.takeDump();
            dumped = true;
            PendingObjects.readAll();
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError failure) {
            failed(failure);
        }
    }

    /** Compares, when the drain has stopped. Returns the result with what was found. */
    AnalysisResult compare(Analysis analysis, AnalysisResult result) {
        try (verification) {
            if (!dumped || Recording.failure() != null) {
                return result;
            }
            Verified verified = verification.compare(
                    analysis.graph(), OwnClasses::isOwn, UnseenStores.of(instrumentation, classes, attachment));
            if (verified.differences() > 0) {
                StandardError.line("the shadow heap differs from the heap dump in " + verified.differences() + " of "
                        + verified.edges() + " slots, first in "
                        + verified.found().get(0).path());
            }
            return result.withVerified(verified);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError failure) {
            failed(failure);
            return result;
        }
    }

    private static void failed(Throwable failure) {
        StandardError.line("cannot verify, the program goes on: " + failure);
    }
}
