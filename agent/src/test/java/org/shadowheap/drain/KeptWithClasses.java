package org.shadowheap.drain;

import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Leaving;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.WriteBarrier;
import org.shadowheap.event.NurseryClock;

/** Classes are defined, and the JVM is given protection domains to keep with them. Arrays stand for these. */
final class KeptWithClasses {

    private static final int SITE = 2;

    private KeptWithClasses() {}

    /** So many classes of one domain, which was born before. Returns how often the JVM is said to hold one, as all here do. */
    static long[] ofOne(long classes) {
        begin();
        Object[] domain = born();
        define(classes, domain);
        return told();
    }

    /** As {@link #ofOne}, for a domain that nobody has met. */
    static long[] ofOneThatIsNotMet(long classes) {
        begin();
        define(classes, new Object[1]);
        return told();
    }

    /** So many classes of each of two domains, in turns of half of them. */
    static long[] ofTwo(long classes) {
        begin();
        Object[] one = born();
        Object[] other = born();
        for (int turn = 0; turn < 2; turn++) {
            define(classes / 2, one);
            define(classes / 2, other);
        }
        return told();
    }

    /** The first is defined by a thread that records nothing, the others by one that does. */
    static long[] firstByASilentThread(long classes) throws InterruptedException {
        begin();
        Object[] domain = born();
        Thread silent = new Thread(() -> {
            AgentCode.silence();
            WriteBarrier.definedWith(domain);
        });
        silent.start();
        silent.join();
        define(classes, domain);
        return told();
    }

    /** Some in a session, and so many in the next, where the domain was met before. */
    static long[] inTheNextSession(long classes) throws InterruptedException {
        begin();
        Object[] domain = born();
        define(classes, domain);
        Recording.end();
        if (!Leaving.clear()) {
            throw new AssertionError("a thread stays in the barrier");
        }
        BarrierInProcess.record(Object.class, Object[].class);
        Object[] holder = born();
        holder[0] = domain;
        WriteBarrier.arrayStore(holder, 0, domain, SITE);
        define(classes, domain);
        return told();
    }

    private static void begin() {
        BarrierInProcess.begin(Object.class, Object[].class);
    }

    private static Object[] born() {
        Object[] array = new Object[1];
        WriteBarrier.arrayBirth(array);
        return array;
    }

    private static void define(long classes, Object[] kept) {
        for (long i = 0; i < classes; i++) {
            WriteBarrier.definedWith(kept);
        }
    }

    /** How often the JVM was said to hold something, in this session. */
    private static long[] told() {
        Held held = new Held();
        new Merge(new RootRequests(NurseryClock.STOPPED, 1 << 20), Logs.LIVE, RoundEnds.UNHEARD)
                .run(held, new Definitions());
        return new long[] {held.count};
    }

    /** Hears the merged stream. */
    private static final class Held extends EventSinkStub {
        private long count;

        @Override
        public void root(int thread, int object) {
            if (thread != 0 || object == 0) {
                throw new AssertionError("thread=" + thread + " object=" + object);
            }
            count++;
        }
    }
}
