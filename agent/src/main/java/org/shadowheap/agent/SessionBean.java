package org.shadowheap.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.jmx.SessionMXBean;
import org.shadowheap.jmx.StoredTo;

/**
 * Shows the session that runs to JMX. Called on threads of the program's, which wait for the {@link ManagementThread} to do the work; what is
 * thrown reaches the client, and is of a class that any client has.
 */
final class SessionBean implements SessionMXBean {

    /** Figures that are older are added up anew. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Fields, or sites, that are told. */
    private static final int TOP = 20;

    /** Every JVM's platform MBean server has this, and no other server. */
    private static final String OF_PLATFORM = "java.lang:type=Runtime";

    private final Session session;
    private final ManagementThread thread;
    private final MBeanServer server;

    /** The management thread's. */
    private @Nullable AnalysisResult figures;

    private long addedUpNanos;

    private SessionBean(Session session, ManagementThread thread, MBeanServer server) {
        this.session = session;
        this.thread = thread;
        this.server = server;
    }

    /** Registers the session that runs, if there is a server to do so; else null. On the management thread, as all that is private here. */
    static @Nullable SessionBean register(ManagementThread thread) {
        Session session = CurrentSession.get();
        if (session == null) {
            return null;
        }
        try {
            for (MBeanServer each : MBeanServerFactory.findMBeanServer(null)) {
                if (each.isRegistered(new ObjectName(OF_PLATFORM))) {
                    SessionBean bean = new SessionBean(session, thread, each);
                    each.registerMBean(bean, new ObjectName(NAME));
                    return bean;
                }
            }
        } catch (JMException taken) {
            // By an earlier session, which is about to leave.
        }
        return null;
    }

    /** Nothing is shown any more. */
    void unregister() {
        try {
            server.unregisterMBean(new ObjectName(NAME));
        } catch (JMException gone) {
            // As it shall be.
        }
    }

    private <T> T call(Callable<T> work) {
        try {
            return thread.call(work);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof IllegalStateException forUser
                    ? new IllegalStateException(forUser.getMessage())
                    : new IllegalStateException(String.valueOf(cause));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Exception other) {
            throw new IllegalStateException(other.toString());
        }
    }

    /** What the report would say of a session that ended about now. */
    private <T> T figure(Function<AnalysisResult, T> of) {
        return call(() -> of.apply(fresh(FRESH_NANOS)));
    }

    private AnalysisResult fresh(long nanos) throws InterruptedException {
        AnalysisResult result = figures;
        if (result == null || System.nanoTime() - addedUpNanos > nanos) {
            result = session.soFar();
            figures = result;
            addedUpNanos = System.nanoTime();
        }
        return result;
    }

    private String text(boolean json) {
        return call(() -> Requests.text(fresh(0), json));
    }

    private String end() throws IOException {
        AnalysisResult result = session.detach();
        unregister();
        return result == null ? "" : Requests.text(result, false);
    }

    @Override
    public void collect() {
        call(() -> {
            session.collect();
            figures = null;
            return "";
        });
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
        return call(this::end);
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
        return figure(result -> top(
                result.fields(),
                field -> new StoredTo(field.field(), field.stores(), field.oldToYoung(), field.pagesDirtied())));
    }

    @Override
    public List<StoredTo> getTopSites() {
        return figure(result -> top(
                result.sites(),
                site -> new StoredTo(site.site(), site.stores(), site.oldToYoung(), site.pagesDirtied())));
    }

    private static <T> List<StoredTo> top(List<T> all, Function<T, StoredTo> shown) {
        List<StoredTo> top = new ArrayList<>();
        for (T each : all.subList(0, Math.min(TOP, all.size()))) {
            top.add(shown.apply(each));
        }
        return top;
    }
}
