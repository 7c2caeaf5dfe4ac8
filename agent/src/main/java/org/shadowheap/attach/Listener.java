package org.shadowheap.attach;

import java.util.function.Consumer;

/** Passes on what the other JVM says of its progress, until it is closed. */
final class Listener {

    private static final long INTERVAL_MILLIS = 200;

    private final Exchange exchange;
    private final Consumer<String> progress;
    private final Thread thread = new Thread(this::listen, "shadowheap-progress");

    Listener(Exchange exchange, Consumer<String> progress) {
        this.exchange = exchange;
        this.progress = progress;
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        String told = "";
        try {
            for (; ; ) {
                Thread.sleep(INTERVAL_MILLIS);
                String line = exchange.progress();
                if (!line.equals(told)) {
                    progress.accept(line);
                    told = line;
                }
            }
        } catch (InterruptedException closed) {
            // Nobody waits any more.
        }
    }

    /** When it returns nothing is passed on any more. */
    void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
