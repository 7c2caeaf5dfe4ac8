package org.shadowheap.agent;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.RealCollection;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.event.CollectionKind;

/**
 * Hears of the JVM's own collections by its notifications, and marks each in the stream.
 *
 * <p>The management classes are loaded in the background, a moment after the start: a program that has ended by then does
 * without. Of what each collector did before, the last collection is told. Where the JVM has no such module nothing is marked.
 */
final class RealCollections implements NotificationListener, Runnable {

    private static final long WAIT_MILLIS = 200;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MICROS_PER_MILLI = 1_000;
    private static final int KIB_SHIFT = 10;

    private final long startNanos;

    /** When the recording began, milliseconds since the JVM did: on the clock that collections are told by. */
    private volatile long startedAtMillis;

    private RealCollections(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Begins to listen soon, on a thread of its own. */
    static void listen(long startNanos) {
        AgentThreads.create("shadowheap-collections", new RealCollections(startNanos))
                .start();
    }

    @Override
    public void run() {
        AgentCode.enter(); // for good: the thread ends
        try {
            Thread.sleep(WAIT_MILLIS);
            if (Recording.isOn()) {
                subscribe();
            }
        } catch (InterruptedException | LinkageError | RuntimeException nothingToHear) {
            // A JVM without the management modules; the report tells of no collections then.
        }
    }

    private void subscribe() {
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
        startedAtMillis = uptime - (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
        for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (each instanceof NotificationEmitter emitter
                    && each instanceof com.sun.management.GarbageCollectorMXBean known) {
                emitter.addNotificationListener(this, null, null);
                GcInfo last = known.getLastGcInfo();
                if (last != null && last.getStartTime() >= startedAtMillis && last.getEndTime() < uptime) {
                    tell(each.getName(), "", last);
                }
            }
        }
    }

    /** On a thread of the JVM's. */
    @Override
    public void handleNotification(Notification notification, Object handback) {
        long token = AgentCode.enter();
        try {
            if (GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
                GarbageCollectionNotificationInfo info =
                        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
                tell(info.getGcName(), info.getGcAction(), info.getGcInfo());
            }
        } catch (RuntimeException unexpected) {
            // Not as documented: one collection is not told of.
        } finally {
            AgentCode.exit(token);
        }
    }

    private void tell(String collector, String action, GcInfo info) {
        CollectionKind kind = kind(collector, action);
        boolean isCycle = action.endsWith("cycle") || collector.endsWith("Cycles");
        long pauseMicros = isCycle ? 0 : info.getDuration() * MICROS_PER_MILLI;
        RealCollection.tell(
                kind.number(),
                (int) Math.max(0, info.getStartTime() - startedAtMillis),
                (int) Math.min(pauseMicros, Integer.MAX_VALUE),
                kind == CollectionKind.YOUNG ? edenKiB(info.getMemoryUsageBeforeGc()) : 0);
    }

    /**
     * What a collector did, from the names that the JVMs from 17 to 25 give.
     *
     * @param action {@code end of minor GC}, {@code end of GC cycle} and so on; empty if it is not known
     */
    static CollectionKind kind(String collector, String action) {
        boolean isPause = action.endsWith("pause") || collector.endsWith("Pauses") || collector.equals("G1 Concurrent GC");
        if (isPause) {
            return CollectionKind.PAUSE;
        }
        return switch (collector) {
            case "G1 Young Generation", "PS Scavenge", "Copy", "ZGC Minor Cycles" -> CollectionKind.YOUNG;
            case "G1 Old Generation", "PS MarkSweep", "MarkSweepCompact", "ZGC Major Cycles" -> CollectionKind.OLD;
            default -> action.endsWith("minor GC")
                    ? CollectionKind.YOUNG
                    : action.endsWith("major GC") ? CollectionKind.OLD : CollectionKind.CYCLE;
        };
    }

    private static int edenKiB(Map<String, MemoryUsage> pools) {
        long bytes = 0;
        for (Map.Entry<String, MemoryUsage> each : pools.entrySet()) {
            if (Eden.is(each.getKey())) {
                bytes += each.getValue().getUsed();
            }
        }
        return (int) Math.min(bytes >>> KIB_SHIFT, 0xffff_ffffL);
    }
}
