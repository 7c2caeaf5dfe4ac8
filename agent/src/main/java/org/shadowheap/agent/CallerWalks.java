package org.shadowheap.agent;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.CallerWalk;
import org.shadowheap.instrument.Application;
import org.shadowheap.instrument.Callers;

/** Walks the calling thread's stack up to the first frame of the application. Any thread, inside a barrier. */
final class CallerWalks implements CallerWalk {

    /** Frames looked at, some ten of them ours. Who calls from farther up is not told from nobody. */
    private static final int MAX_FRAMES = 256;

    /** More than the JVM hands over at once. */
    private static final int REHEARSED_DEPTH = 64;

    private static final List<String> EVERYBODY = List.of("*");
    private static final List<String> NOBODY = List.of("");

    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private final Application application;
    private final Callers callers;

    private CallerWalks(Application application, Callers callers) {
        this.application = application;
        this.callers = callers;
    }

    /**
     * A walk after which nothing remains to be loaded or linked: others were made that found a new caller, the same again, and
     * none.
     *
     * @param nowhere takes the callers that the rehearsal finds
     */
    static CallerWalk create(Application application, Callers callers, Callers nowhere) {
        CallerWalks finds = new CallerWalks(new Application(EVERYBODY), nowhere);
        CallerWalks findsNobody = new CallerWalks(new Application(NOBODY), nowhere);
        for (int i = 0; i < 2; i++) {
            rehearse(finds, REHEARSED_DEPTH);
            rehearse(findsNobody, REHEARSED_DEPTH);
        }
        return new CallerWalks(application, callers);
    }

    private static int rehearse(CallerWalks walks, int depth) {
        return depth == 0 ? walks.nearest() : rehearse(walks, depth - 1);
    }

    @Override
    public int nearest() {
        Frames frames = new Frames(application);
        walker.walk(frames);
        StackFrame found = frames.found;
        // Not asked for its descriptor: JDK 25 loads the classes in there.
        return found == null ? 0 : callers.number(found.toStackTraceElement());
    }

    /** Finds the first frame of the application. A class, no lambda: nothing is linked inside a barrier. */
    private static final class Frames implements Consumer<StackFrame>, Function<Stream<StackFrame>, @Nullable Void> {
        private final Application application;
        private @Nullable StackFrame found;

        Frames(Application application) {
            this.application = application;
        }

        /** Advances by itself: what a stream's own operations need is loaded by nobody else at the start. */
        @Override
        public @Nullable Void apply(Stream<StackFrame> frames) {
            Spliterator<StackFrame> each = frames.spliterator();
            int left = MAX_FRAMES;
            while (found == null && left > 0 && each.tryAdvance(this)) {
                left--;
            }
            return null;
        }

        @Override
        public void accept(StackFrame frame) {
            if (application.holds(frame.getDeclaringClass())) {
                found = frame;
            }
        }
    }
}
