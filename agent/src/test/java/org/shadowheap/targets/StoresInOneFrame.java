package org.shadowheap.targets;

/** A thread stores all the time in a method that ends when the input does. Says that it is ready. */
public final class StoresInOneFrame {

    /** Changes all the time. */
    private static Object[] restless = {};

    private static volatile boolean ends;

    private StoresInOneFrame() {}

    public static void main(String[] arguments) throws Exception {
        Thread storing = new Thread(StoresInOneFrame::store);
        storing.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Goes on.
        }
        ends = true;
        storing.join();
        if (restless.length == 0) {
            throw new AssertionError("nothing was stored");
        }
    }

    private static void store() {
        try {
            for (int i = 1; !ends; i++) {
                restless = new Object[i]; // of a length that no other has
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
