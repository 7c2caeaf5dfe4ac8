package org.shadowheap.agent;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.shadowheap.barrier.CallerWalk;
import org.shadowheap.instrument.Application;
import org.shadowheap.instrument.Callers;

/** Walks the calling thread's stack up to the first frame of the application. */
final class CallerWalks implements CallerWalk, Function<Stream<StackFrame>, Integer> {

    /** Frames looked at; whom the application calls from farther up, it does not call. */
    private static final int MAX_FRAMES = 512;

    /** The first walks link what they need, and no class may be loaded inside a barrier. */
    private static final int REHEARSALS = 256;

    private static final Integer NONE = 0;

    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private final Application application;
    private final Callers callers;

    private CallerWalks(Application application, Callers callers) {
        this.application = application;
        this.callers = callers;
    }

    /**
     * A walk that has been rehearsed.
     *
     * @param nowhere takes the callers that the rehearsal finds
     */
    static CallerWalk create(Application application, Callers callers, Callers nowhere) {
        CallerWalks rehearsal = new CallerWalks(new Application(List.of("*")), nowhere);
        CallerWalks walks = new CallerWalks(application, callers);
        for (int i = 0; i < REHEARSALS; i++) {
            rehearsal.nearest();
            new CallerWalks(application, nowhere).nearest();
        }
        return walks;
    }

    @Override
    public int nearest() {
        return walker.walk(this);
    }

    @Override
    public Integer apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> nearest = frames.iterator();
        for (int i = 0; i < MAX_FRAMES && nearest.hasNext(); i++) {
            StackFrame frame = nearest.next();
            if (application.holds(frame.getDeclaringClass())) {
                return callers.number(frame);
            }
        }
        return NONE;
    }
}
