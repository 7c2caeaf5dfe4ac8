package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atLeast;
import static org.shadowheap.samples.Bounds.atMost;
import static org.shadowheap.samples.Bounds.exactly;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sample 04: a session store that replaces a session at each request.
 *
 * <p>Sessions live for hours, so the nodes of their map are old. Each request makes a new session out of the old one, with
 * the time of the request, and puts it into the map: an old-to-young store, on any of the pages that hold nodes. The store is
 * in {@code ConcurrentHashMap.putVal}, and so is the line that the report names; which code called it is told by the callers.
 *
 * <p>The fix: the time of the last request is a field of the session, a number, that is overwritten. A number is no reference,
 * so there is no barrier and no dirty page.
 */
final class S04SessionStore {

    /** Sessions, all old. */
    static final int SESSIONS = 20_000;

    /** Requests, each of which stores to {@code ConcurrentHashMap$Node.val}. */
    static final int REQUESTS = 100_000;

    /** Bytes that a request allocates. All of them are 80 MB: about 5 nurseries of 16 MiB. */
    static final int REQUEST_BYTES = 800;

    /** Minor collections during the requests, at most. */
    static final long COLLECTIONS = Garbage.collections(REQUESTS * (REQUEST_BYTES + 100L));

    /** What the JDK itself stores to that field, at most. */
    static final long OF_THE_JDK = 2_000;

    private static final String VALUE = "java.util.concurrent.ConcurrentHashMap$Node.val";

    private static final ConcurrentMap<Integer, Session> STORE = new ConcurrentHashMap<>();

    private S04SessionStore() {}

    /**
     * Pages that are dirtied at least. How the collector lays nodes out differs from run to run: alone they fill 156 pages of
     * 4 KiB, and all of these are dirtied before each collection while requests come in, of which there are four at least.
     */
    private static final long PAGES = 4L * SESSIONS * 32 / 4096;

    /** The user of a session is stored when it is made, and the session when it is put. */
    static List<Figure> figures(boolean fixed) {
        long replaced = fixed ? 0 : REQUESTS;
        return List.of(
                Figure.field(Session.class, "user", "stores", exactly(SESSIONS + replaced)),
                Figure.field(Session.class, "user", "oldToYoung", exactly(0)),
                Figure.field(VALUE, "stores", new Bounds(SESSIONS + replaced, SESSIONS + replaced + 10 * OF_THE_JDK)),
                Figure.field(VALUE, "oldToYoung", oldToYoung(fixed)),
                Figure.field(VALUE, "pagesDirtied", fixed ? atMost(OF_THE_JDK) : atLeast(PAGES)));
    }

    private static Bounds oldToYoung(boolean fixed) {
        return fixed ? atMost(OF_THE_JDK) : new Bounds(REQUESTS - COLLECTIONS, REQUESTS + OF_THE_JDK);
    }

    /** Who is logged in, and when something was heard last. */
    private static final class Session {
        final String user;
        long lastRequest;
        int requests;

        Session(String user, long lastRequest, int requests) {
            this.user = user;
            this.lastRequest = lastRequest;
            this.requests = requests;
        }
    }

    static String run(boolean fixed) {
        for (int id = 0; id < SESSIONS; id++) {
            STORE.put(id, new Session("user" + id, 0, 0));
        }
        long bytes = Garbage.settle();
        int random = 1;
        for (int time = 1; time <= REQUESTS; time++) {
            random = random * 1_664_525 + 1_013_904_223;
            Integer id = (random >>> 8) % SESSIONS;
            bytes += Garbage.make(REQUEST_BYTES);
            if (fixed) {
                touch(id, time);
            } else {
                replace(id, time);
            }
        }
        return "requests=" + REQUESTS + " bytes=" + bytes + " sum=" + sum();
    }

    private static void replace(Integer id, long time) {
        Session before = session(id);
        STORE.put(id, new Session(before.user, time, before.requests + 1));
    }

    /** The fix. */
    private static void touch(Integer id, long time) {
        Session session = session(id);
        session.lastRequest = time;
        session.requests++;
    }

    private static Session session(Integer id) {
        Session session = STORE.get(id);
        if (session == null) {
            throw new IllegalStateException("no such session: id=" + id);
        }
        return session;
    }

    private static long sum() {
        long sum = 0;
        for (int id = 0; id < SESSIONS; id++) {
            Session session = session(id);
            sum = 31 * sum + session.user.hashCode() + session.lastRequest * session.requests;
        }
        return sum;
    }
}
