package org.shadowheap.targets;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lesson: an application keeps its own SLF4J and its own provider. Needs both on the class path. */
public final class Logs {

    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

    private Logs() {}

    public static void main(String[] args) {
        System.out.println(LoggerFactory.getILoggerFactory().getClass().getName());
        System.out.println(Logger.class.getProtectionDomain().getCodeSource().getLocation());
        for (int i = 0; i < 1000; i++) {
            LOG.info("informs {} of {}", i, args.length);
        }
        LOG.debug("is hidden");
        LOG.warn("warns", new IllegalStateException("on purpose"));
        LOG.error("complains");
    }
}
