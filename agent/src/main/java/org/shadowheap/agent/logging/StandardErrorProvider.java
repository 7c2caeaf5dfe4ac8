package org.shadowheap.agent.logging;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The provider that the one jar carries. All names share one logger: the lines do not show them. */
public final class StandardErrorProvider implements SLF4JServiceProvider {

    /** What SLF4J asks for: any 2.0 will do. */
    private static final String API = "2.0.99";

    private final Logger logger = new StandardErrorLogger();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** The logger that SLF4J would find. Its search loads dozens of classes, and those of the JDK are rewritten and mirrored. */
    public static Logger found() {
        return new StandardErrorLogger();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> logger;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return API;
    }

    @Override
    public void initialize() {
        // Nothing to read and nothing to open.
    }
}
