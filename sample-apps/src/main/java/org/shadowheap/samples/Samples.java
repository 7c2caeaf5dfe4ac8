package org.shadowheap.samples;

/** Runs the sample named on the command line. */
public final class Samples {
    private Samples() {}

    public static void main(String[] args) {
        System.out.println("usage: java -jar sample-apps.jar [SAMPLE]");
    }
}
