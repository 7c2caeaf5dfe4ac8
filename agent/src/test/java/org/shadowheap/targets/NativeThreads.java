package org.shadowheap.targets;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that the JVM did not start: each attaches when it calls Java and detaches when it returns, and does so again when
 * the system destroys what it keeps for the thread. Each time it is another Thread to Java.
 */
public final class NativeThreads {

    private static final int THREADS = 400;
    private static final int AT_ONCE = 8;

    /** POSIX has a destructor called so often at least, if it sets the value again. */
    private static final int AGAIN = 3;

    /** What is needed of POSIX. */
    public interface Posix extends Library {
        int pthread_create(NativeLongByReference thread, Pointer attributes, Start start, Pointer argument);

        int pthread_join(NativeLong thread, PointerByReference result);

        int pthread_key_create(NativeLongByReference key, Destructor destructor);

        int pthread_setspecific(NativeLong key, Pointer value);
    }

    /** What a thread does. */
    public interface Start extends Callback {
        Pointer run(Pointer argument);
    }

    /** What is done with a thread's value when it ends. */
    public interface Destructor extends Callback {
        void destroy(Pointer value);
    }

    private static final Set<Thread> SEEN = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger AGAINS = new AtomicInteger();
    private static final NativeLongByReference KEY = new NativeLongByReference();

    /** Native code holds these, which no collector sees. */
    private static final Start START = NativeThreads::start;

    private static final Destructor DESTRUCTOR = NativeThreads::destroy;

    private static final Posix POSIX = Native.load(null, Posix.class);

    private NativeThreads() {}

    public static void main(String[] arguments) throws Exception {
        check(POSIX.pthread_key_create(KEY, DESTRUCTOR));
        for (int i = 0; i < THREADS; i += AT_ONCE) {
            List<NativeLong> threads = new ArrayList<>();
            for (int t = 0; t < AT_ONCE; t++) {
                NativeLongByReference thread = new NativeLongByReference();
                check(POSIX.pthread_create(thread, null, START, null));
                threads.add(thread.getValue());
            }
            for (NativeLong thread : threads) {
                check(POSIX.pthread_join(thread, new PointerByReference()));
            }
        }
        if (SEEN.size() != THREADS * (1 + AGAIN) || AGAINS.get() != THREADS * AGAIN) {
            throw new IllegalStateException("threads " + SEEN.size() + ", again " + AGAINS);
        }
        String name = Marks.class.getName() + '.';
        System.out.println(name + "attached " + THREADS * Marks.STORES);
        System.out.println(name + "attachedAgain " + AGAINS.get() * Marks.STORES);
    }

    private static Pointer start(Pointer argument) {
        SEEN.add(Thread.currentThread());
        Marks.work((marks, value) -> marks.attached = value);
        check(POSIX.pthread_setspecific(KEY.getValue(), Pointer.createConstant(AGAIN)));
        return Pointer.NULL;
    }

    private static void destroy(Pointer value) {
        SEEN.add(Thread.currentThread());
        AGAINS.incrementAndGet();
        Marks.work((marks, stored) -> marks.attachedAgain = stored);
        long left = Pointer.nativeValue(value) - 1;
        if (left > 0) {
            check(POSIX.pthread_setspecific(KEY.getValue(), Pointer.createConstant(left)));
        }
    }

    private static void check(int error) {
        if (error != 0) {
            throw new IllegalStateException("error " + error);
        }
    }
}
