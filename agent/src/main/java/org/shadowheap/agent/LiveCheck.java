package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.barrier.PendingObjects;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.Recording;
import org.shadowheap.event.Tee;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapCopy;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.report.Digits;
import org.shadowheap.verify.HeapDumper;
import org.shadowheap.verify.ImageWriter;
import org.shadowheap.verify.Passes;
import org.shadowheap.verify.Witness;

/**
 * Writes a heap dump of this JVM and an image of the shadow heap while the program runs. They are compared elsewhere, so the
 * program stands still for the dump alone.
 *
 * <p>The shadow heap is copied in parts, between rounds of the drain. It changes meanwhile only where the drain is told of a
 * store, and each slot that it is told of since before the dump is known and not compared. What a dump reaches by other slots
 * lives all that time.
 *
 * <p>On a quiet thread of the agent; one at a time.
 */
final class LiveCheck {

    /**
     * Objects that the drain copies in one go: some tens of milliseconds. In between it reads the logs, which takes as long where a program is
     * busy, and the longer a copy takes the more slots are stored to meanwhile.
     */
    private static final int OBJECTS_AT_ONCE = 400_000;

    private static final int SLOTS = 1000;
    private static final int MEBIBYTE_SHIFT = 20;

    private final Drain drain;
    private final EventSink sink;
    private final Analysis analysis;
    private final Consumer<String> progress;

    /**
     * @param sink what the drain calls
     * @param progress is told what is being done, in a line
     */
    LiveCheck(Drain drain, EventSink sink, Analysis analysis, Consumer<String> progress) {
        this.drain = drain;
        this.sink = sink;
        this.analysis = analysis;
        this.progress = progress;
    }

    /** Does once what the drain will be asked for, so that it loads and links nothing. */
    void rehearse(Recording recording, HeapConfiguration heap) {
        Rehearsal.playFor(recording, heap, little -> {
            Witness witness = new Witness();
            witness.watch();
            hear(Tee.of(little, witness));
            try (Copy copy = new Copy(little)) {
                copy.run();
            }
        });
    }

    private static void hear(EventSink both) {
        both.birth(Integer.MAX_VALUE, 0, 0); // of no type, and so nothing
        both.contact(Integer.MAX_VALUE, 0, 0);
        for (int i = 0; i < SLOTS; i++) { // more than there is room for at first
            both.fieldStore(i, 0, 0, 0);
            both.arrayStore(i, 1, 0, 0);
            both.staticStore(i, 2, 0, 0);
            both.copiedElement(i, 3, 0, 0);
        }
        both.round();
    }

    /**
     * Writes {@link Passes#DUMP} and {@link Passes#IMAGE} into a folder.
     *
     * @param attachment if the program ran before the session
     */
    void write(Path folder, Instrumentation instrumentation, ClassTable classes, @Nullable Attachment attachment)
            throws IOException {
        progress.accept("taking a heap dump");
        HeapDumper dumper = new HeapDumper();
        Witness witness = new Witness();
        witness.watch();
        drain.callFromNowOn(Tee.of(sink, witness));
        try {
            drain.catchUp(); // it hears everything from here on
            PendingObjects.readAll();
            drain.catchUp();
            dumper.dump(folder.resolve(Passes.DUMP));
            PendingObjects.readAll();
            drain.catchUp();
            try (ImageWriter image = new ImageWriter(
                    folder.resolve(Passes.IMAGE), analysis.graph().types())) {
                copyObjects(image);
                drain.callFromNowOn(sink);
                drain.catchUp(); // it hears nothing any more
                image.finish(witness, UnseenStores.of(instrumentation, classes, attachment));
            }
        } finally {
            drain.callFromNowOn(sink);
        }
    }

    private void copyObjects(ImageWriter image) throws IOException {
        long ints = 0;
        try (Copy copy = new Copy(analysis)) {
            while (copy.hasMore) {
                if (!drain.betweenRounds(copy)) {
                    copy.run(); // nobody feeds any more
                }
                if (copy.failure != null) {
                    throw new IllegalStateException("the shadow heap could not be copied: " + copy.failure);
                }
                image.objects(copy.content);
                ints += copy.content.size();
                progress.accept(
                        "copying the shadow heap, " + Digits.grouped(ints * Integer.BYTES >> MEBIBYTE_SHIFT) + " MiB");
            }
        }
    }

    /** Copies the next objects. The drain runs it, and who asked reads what it copied. */
    private static final class Copy implements Runnable, AutoCloseable {

        private final Analysis analysis;
        private final HeapCopy copy;
        private final NativeIntList content = new NativeIntList(new NativeMemory());
        private boolean hasMore = true;
        private @Nullable Throwable failure;

        Copy(Analysis analysis) {
            this.analysis = analysis;
            copy = analysis.copy();
        }

        @Override
        public void run() {
            try {
                content.clear();
                hasMore = analysis.copyNext(copy, content, OBJECTS_AT_ONCE);
            } catch (Throwable thrown) {
                failure = thrown; // the drain has nothing to do with it
            }
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
