package org.shadowheap.targets;

import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Stores until it is killed, and says after each store that it is done: in a mapped file, which a kill leaves as it is. Number n in
 * that file is how often the n-th holder was stored to; the k-th value of a holder is an array of length k mod {@link #LENGTHS}.
 *
 * <p>Holder 0 is shared by all threads, among them many that live for one store only, each under its lock. The others have a thread each.
 */
public final class StoresUntilKilled {

    /** Values of a holder go round through so many lengths. */
    public static final int LENGTHS = 1 << 10;

    /** Of a shared store, how many others a thread does before the next. */
    private static final int SHARED_EACH = 7;

    /** As much as a small disk holds is recorded sooner. */
    private static final long FULL_MILLIS = 6_000;

    private static final Object LOCK = new Object();

    private final MappedByteBuffer done;
    private final Holder[] holders;

    /** What is stored to. */
    public static final class Holder {
        @Nullable
        Object value;

        long stores;
    }

    private StoresUntilKilled(MappedByteBuffer done, int threads) {
        this.done = done;
        this.holders = new Holder[threads + 1];
        for (int i = 0; i <= threads; i++) {
            holders[i] = new Holder();
        }
    }

    /** File, number of threads, how it ends: {@code killed}, {@code halt}, {@code memory} or {@code full}; nanoseconds between two stores. */
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        MappedByteBuffer done;
        try (RandomAccessFile file = new RandomAccessFile(args[0], "rw")) {
            done = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, (threads + 1L) * Long.BYTES);
        }
        done.order(ByteOrder.nativeOrder());
        StoresUntilKilled program = new StoresUntilKilled(done, threads);
        long pause = Long.parseLong(args[3]);
        for (int i = 1; i <= threads; i++) {
            int own = i;
            new Thread(() -> program.storeForEver(own, pause)).start();
        }
        System.out.println("ready");
        program.end(args[2]);
    }

    private void end(String how) throws InterruptedException {
        if (how.equals("full")) {
            Thread.sleep(FULL_MILLIS);
            System.out.println("done");
            System.exit(0);
        }
        if (how.equals("killed")) {
            for (; ; ) {
                Thread shortLived = new Thread(this::storeShared);
                shortLived.start();
                shortLived.join();
            }
        }
        Thread.sleep(500);
        if (how.equals("halt")) {
            Runtime.getRuntime().halt(3);
        }
        Object[] all = new Object[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = new long[1 << 24];
        }
        System.out.println(all.length);
    }

    private void storeForEver(int own, long pauseNanos) {
        for (long i = 1; ; i++) {
            store(own);
            if (i % SHARED_EACH == 0) {
                storeShared();
            }
            long until = System.nanoTime() + pauseNanos;
            while (pauseNanos > 0 && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
    }

    private void storeShared() {
        synchronized (LOCK) {
            store(0);
        }
    }

    private void store(int which) {
        Holder holder = holders[which];
        holder.value = new int[(int) (holder.stores % LENGTHS)];
        VarHandle.releaseFence();
        done.putLong(which * Long.BYTES, ++holder.stores);
    }
}
