package org.shadowheap.agent;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.CollectionPlaces;
import org.shadowheap.barrier.RealCollection;
import org.shadowheap.barrier.Recording;
import org.shadowheap.event.CollectionKind;

/**
 * Tells in the stream what the JVM says of each collection: of those that are marked in their place ({@link CollectionPlaces}) what else is
 * known, and marks the others, here and now, which is later than they were. Called on a thread of the JVM's.
 */
final class CollectionListener implements NotificationListener {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int KIB_SHIFT = 10;
    private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;

    /** The one that listens. */
    private static @Nullable CollectionListener current;

    /** Kept from the first session on: to ask for them links lambdas of the JDK's, anew in each. */
    private static @Nullable Beans beans;

    private record Beans(RuntimeMXBean runtime, List<GarbageCollectorMXBean> collectors) {

        static Beans ofThisJvm() {
            List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
            for (GarbageCollectorMXBean each : collectors) {
                if (each instanceof com.sun.management.GarbageCollectorMXBean told) {
                    told.getLastGcInfo(); // else a collector that has work in a later session links them then
                }
            }
            return new Beans(ManagementFactory.getRuntimeMXBean(), collectors);
        }
    }

    /** When the recording began, milliseconds since the JVM did: the clock that collections are told by. */
    private final long startMillis;

    private CollectionListener(long startMillis) {
        this.startMillis = startMillis;
    }

    /**
     * Listens to every collector of this JVM from now on.
     *
     * @param startNanos when the recording began, on the clock of {@link System#nanoTime}
     */
    static synchronized void subscribe(long startNanos) {
        if (current != null || !Recording.isOn()) {
            return;
        }
        Beans known = beans;
        if (known == null) {
            known = Beans.ofThisJvm();
            beans = known;
        }
        long startMillis = known.runtime.getUptime() - (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
        CollectionListener listener = new CollectionListener(startMillis);
        current = listener;
        for (GarbageCollectorMXBean each : known.collectors) {
            if (each instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
            }
        }
    }

    /** Listens no longer. */
    static synchronized void unsubscribe() {
        CollectionListener listener = current;
        Beans known = beans;
        if (listener == null || known == null) {
            return;
        }
        current = null;
        for (GarbageCollectorMXBean each : known.collectors) {
            if (each instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(listener);
                } catch (ListenerNotFoundException neverListened) {
                    // Then there is nothing to end.
                }
            }
        }
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        long token = AgentCode.enter();
        try {
            if (notification.getUserData() instanceof CompositeData data
                    && GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(
                            notification.getType())) {
                mark(data);
            }
        } catch (Throwable notAsDocumented) {
            // One collection is not told of. What is thrown here would end up in the JVM's thread of notifications.
        } finally {
            AgentCode.exit(token);
        }
    }

    /**
     * Reads what is told as {@link GarbageCollectionNotificationInfo#from} and {@link com.sun.management.GcInfo#from} say that it is called. Those make
     * objects of it by reflection and compare types by lambdas of their own: each session had the JDK make classes for them, which stay.
     */
    private void mark(CompositeData told) {
        String action = (String) told.get("gcAction");
        CollectionKind kind = kind((String) told.get("gcName"), action);
        CompositeData collection = (CompositeData) told.get("gcInfo");
        long pauseMicros = isCycle(action) ? 0 : (Long) collection.get("duration") * MICROS_PER_MILLI;
        int pause = (int) Math.min(pauseMicros, Integer.MAX_VALUE);
        int youngKiB = kind == CollectionKind.YOUNG ? edenKiB((TabularData) collection.get("memoryUsageBeforeGc")) : 0;
        if (CollectionPlaces.areMarked(kind.number())) {
            CollectionPlaces.tell(kind.number(), ((Long) collection.get("id")).intValue(), pause, youngKiB);
        } else {
            long wallMillis = Math.max(0, (Long) collection.get("startTime") - startMillis);
            RealCollection.mark(kind.number(), (int) wallMillis, pause, youngKiB);
        }
    }

    /** Whether a collection ran beside the program: its pauses are told of one by one. */
    private static boolean isCycle(String action) {
        return action.endsWith("cycle");
    }

    /**
     * What a collector did, from what the collectors of the JDKs from 17 to 25 are called.
     *
     * @param collector {@code G1 Young Generation}, {@code ZGC Minor Cycles}
     * @param action {@code end of minor GC}, {@code end of GC cycle}, {@code Init Mark}
     */
    static CollectionKind kind(String collector, String action) {
        if (action.endsWith("pause") || collector.endsWith("Pauses")) {
            return CollectionKind.PAUSE;
        }
        if (action.endsWith("minor GC") || collector.equals("ZGC Minor Cycles")) {
            return CollectionKind.YOUNG;
        }
        if (action.endsWith("major GC") || collector.equals("ZGC Major Cycles")) {
            return CollectionKind.OLD;
        }
        return CollectionKind.CYCLE;
    }

    /** What was full of eden, unsigned. */
    private static int edenKiB(TabularData pools) {
        long bytes = 0;
        for (Object each : pools.values()) {
            CompositeData pool = (CompositeData) each;
            if (Eden.is((String) pool.get("key"))) {
                bytes += (Long) ((CompositeData) pool.get("value")).get("used");
            }
        }
        return (int) Math.min(bytes >>> KIB_SHIFT, MAX_UNSIGNED_INT);
    }
}
