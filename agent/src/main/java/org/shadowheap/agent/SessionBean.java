package org.shadowheap.agent;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Recording;
import org.shadowheap.jmx.SessionMXBean;
import org.shadowheap.jmx.StoredTo;

/**
 * Shows the session that runs to JMX. Called on threads of the program's, which are quiet meanwhile; what is thrown reaches the client,
 * and is of a class that any client has.
 */
final class SessionBean implements SessionMXBean {

    /** Figures that are older are added up anew. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Fields, or sites, that are told. */
    private static final int TOP = 20;

    /** What is registered. */
    private static @Nullable SessionBean registered;

    private final Session session;
    private @Nullable AnalysisResult figures;
    private long addedUpNanos;

    private SessionBean(Session session) {
        this.session = session;
    }

    /** Registers the session that runs, if there is a server to do so. Returns whether it is registered. The calling thread is quiet. */
    static synchronized boolean register() {
        Session session = CurrentSession.get();
        if (session == null
                || !Recording.isOn()
                || MBeanServerFactory.findMBeanServer(null).isEmpty()) {
            return false;
        }
        SessionBean bean = new SessionBean(session);
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, new ObjectName(NAME));
            registered = bean;
        } catch (JMException taken) {
            // Somebody else's is there; ours is not shown.
        }
        return true;
    }

    /** Nothing is shown any more. The calling thread is quiet. */
    static synchronized void unregister() {
        if (registered == null) {
            return;
        }
        registered = null;
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException gone) {
            // As it shall be.
        }
    }

    /** What the report would say of a session that ended about now. */
    private synchronized <T> T figure(Function<AnalysisResult, T> of) {
        long token = AgentCode.enter();
        try {
            AnalysisResult result = figures;
            if (result == null || System.nanoTime() - addedUpNanos > FRESH_NANOS) {
                result = session.soFar();
                figures = result;
                addedUpNanos = System.nanoTime();
            }
            return of.apply(result);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } finally {
            AgentCode.exit(token);
        }
    }

    private synchronized String text(boolean json) {
        figures = null;
        return figure(result -> text(result, json));
    }

    private static String text(AnalysisResult result, boolean json) {
        try {
            return Requests.text(result, json);
        } catch (IOException neverOfMemory) {
            throw new IllegalStateException(neverOfMemory.toString());
        }
    }

    @Override
    public void collect() {
        long token = AgentCode.enter();
        try {
            session.collect();
            forget();
        } finally {
            AgentCode.exit(token);
        }
    }

    private synchronized void forget() {
        figures = null;
    }

    @Override
    public String report() {
        return text(false);
    }

    @Override
    public String reportAsJson() {
        return text(true);
    }

    @Override
    public String stop() {
        long token = AgentCode.enter();
        try {
            AnalysisResult result = session.detach();
            return result == null ? "" : text(result, false);
        } finally {
            AgentCode.exit(token);
        }
    }

    @Override
    public String getProgram() {
        return figure(AnalysisResult::program);
    }

    @Override
    public List<String> getNotes() {
        return figure(AnalysisResult::notes);
    }

    @Override
    public double getSeconds() {
        return session.nanos() / NANOS_PER_SECOND;
    }

    @Override
    public long getEvents() {
        return figure(result -> result.events().total());
    }

    @Override
    public long getLostEvents() {
        return figure(result -> result.fidelity().lost());
    }

    @Override
    public long getResurrectedObjects() {
        return figure(result -> result.fidelity().resurrected());
    }

    @Override
    public long getContradictions() {
        return figure(result -> result.fidelity().contradictions());
    }

    @Override
    public double getIdsUsedShare() {
        return figure(result -> (double) result.fidelity().idsUsed() / Integer.MAX_VALUE);
    }

    @Override
    public long getStores() {
        return figure(result -> result.stores().reference());
    }

    @Override
    public long getOldToYoungStores() {
        return figure(result -> result.stores().oldToYoung());
    }

    @Override
    public double getOldToYoungShare() {
        return figure(result -> orZero(result.stores().oldToYoungShare()));
    }

    @Override
    public double getOldToYoungStoresPerSecond() {
        return figure(result -> orZero(result.stores().oldToYoungPerSecond()));
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    @Override
    public long getMinorCollections() {
        return figure(result -> result.collections().minor().count());
    }

    @Override
    public long getMajorCollections() {
        return figure(result -> {
            CollectionFigures.Major major = result.collections().major();
            return major == null ? 0 : major.count();
        });
    }

    @Override
    public long getDirtyPages() {
        return figure(result -> result.collections().minor().dirtyPages());
    }

    @Override
    public long getSurvivedBytes() {
        return figure(result -> result.collections().minor().survivedBytes());
    }

    @Override
    public long getPromotedBytes() {
        return figure(result -> result.collections().minor().promotedBytes());
    }

    @Override
    public long getBornBytes() {
        return figure(result -> result.heap().bornBytes());
    }

    @Override
    public long getOldBytes() {
        return figure(result -> result.heap().oldBytes());
    }

    @Override
    public List<StoredTo> getTopFields() {
        return figure(result -> result.fields().stream()
                .limit(TOP)
                .map(field -> new StoredTo(field.field(), field.stores(), field.oldToYoung(), field.pagesDirtied()))
                .toList());
    }

    @Override
    public List<StoredTo> getTopSites() {
        return figure(result -> result.sites().stream()
                .limit(TOP)
                .map(site -> new StoredTo(site.site(), site.stores(), site.oldToYoung(), site.pagesDirtied()))
                .toList());
    }
}
