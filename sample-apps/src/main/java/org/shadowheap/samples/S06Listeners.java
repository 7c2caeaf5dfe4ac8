package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.exactly;
import static org.shadowheap.samples.Bounds.nearly;

import java.util.List;

/**
 * Sample 06: what is short-lived registers with what lives for ever.
 *
 * <p>Each request registers a listener with a static registry, and takes it out again at its end. The registry is old and the
 * listener young: each registration is an old-to-young store. But all of them go to one small array on one page: the report
 * shows many stores, and one page dirtied in each collection. That page costs little. So a long list of old-to-young stores is
 * not yet a problem; <em>dirtied</em> tells more. What does cost is forgetting to take a listener out.
 *
 * <p>The fix: the request has a registry of its own, which is as young as its listener.
 */
final class S06Listeners {

    /** Requests, each of which registers a listener. */
    static final int REQUESTS = 60_000;

    /** Bytes that a request allocates beside its listener. All of them are 60 MiB: about 4 nurseries of 16 MiB. */
    static final int REQUEST_BYTES = 1 << 10;

    /** Minor collections during the requests, at most. */
    static final long COLLECTIONS = Garbage.collections(REQUESTS * (REQUEST_BYTES + 200L));

    private static final Registry REGISTRY = new Registry();

    private S06Listeners() {}

    /**
     * The array of a registry of one's own is old only if a collection comes within the request. Taking a listener out is a store,
     * too, and may be the first to dirty the page.
     */
    static List<Figure> figures(boolean fixed) {
        return List.of(
                Figure.site(Registry.class, "register", "stores", exactly(REQUESTS)),
                Figure.site(
                        Registry.class,
                        "register",
                        "oldToYoung",
                        fixed ? Bounds.atMost(COLLECTIONS) : nearly(REQUESTS, COLLECTIONS)),
                Figure.site(Registry.class, "register", "pagesDirtied", Bounds.atMost(COLLECTIONS)),
                Figure.site(Registry.class, "unregister", "stores", exactly(REQUESTS)),
                Figure.site(Registry.class, "unregister", "oldToYoung", exactly(0)));
    }

    /** Hears of events during a request. */
    private static final class Listener {
        private long heard;

        void event(int event) {
            heard += event;
        }
    }

    /** Room for a few listeners at a time. */
    private static final class Registry {
        private final Listener[] listeners = new Listener[8];
        private int count;

        void register(Listener listener) {
            listeners[count++] = listener;
        }

        @SuppressWarnings("NullAway") // elements beyond the count are null
        void unregister() {
            listeners[--count] = null;
        }

        void tellAll(int event) {
            for (int i = 0; i < count; i++) {
                listeners[i].event(event);
            }
        }
    }

    static String run(boolean fixed) {
        long bytes = Garbage.settle();
        long sum = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Registry registry = fixed ? new Registry() : REGISTRY;
            Listener listener = new Listener();
            registry.register(listener);
            registry.tellAll(i);
            bytes += Garbage.make(REQUEST_BYTES);
            registry.tellAll(1);
            registry.unregister();
            sum = 31 * sum + listener.heard;
        }
        return "requests=" + REQUESTS + " bytes=" + bytes + " sum=" + sum;
    }
}
