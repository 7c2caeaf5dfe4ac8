package org.shadowheap.targets;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Gives the agent's threads everything to do that they ever do: thousands of minor collections, old objects that die, survivors that age.
 * Asks for the report meanwhile. Prints the numbers and names that the operating system has for the threads of this process, where it tells.
 */
public final class KeepsTheDrainBusy {

    /** Is loaded when the program has begun. */
    public static final class Begin {
        private Begin() {}

        static void now() {}
    }

    /** Is loaded when the program is about to end. */
    public static final class End {
        private End() {}

        static void now() {}
    }

    private static final int REPORTS = 3;
    private static final int BETWEEN_REPORTS_MILLIS = 300;
    private static final int THREADS = 2;
    private static final int OLD = 4_000;
    private static final int ROUNDS = 1_500_000;
    private static final int LIVES_A_WHILE = 64;
    private static final int PAYLOAD = 20;

    private static final class Node {
        private @Nullable Node young;
        private final int[] payload = new int[PAYLOAD];

        int size() {
            return (young == null ? 0 : 1) + payload.length;
        }
    }

    private static final Node[][] KEPT = new Node[THREADS][OLD];

    private KeepsTheDrainBusy() {}

    public static void main(String[] args) throws Exception {
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads[i] = new Thread(() -> work(number));
        }
        OwnSession session = OwnSession.await();
        Begin.now();
        for (Thread each : threads) {
            each.start();
        }
        printThreads();
        int asked = 0;
        for (int i = 0; i < REPORTS && threads[0].isAlive(); i++) {
            Thread.sleep(BETWEEN_REPORTS_MILLIS);
            asked += session.report().isEmpty() ? 0 : 1;
        }
        System.out.println("reports " + asked);
        for (Thread each : threads) {
            each.join();
        }
        End.now();
        int kept = 0;
        for (Node[] each : KEPT) {
            for (Node node : each) {
                kept += node == null ? 0 : node.size();
            }
        }
        System.out.println("kept " + kept);
    }

    private static void work(int thread) {
        Node[] kept = KEPT[thread];
        Node[] shared = KEPT[(thread + 1) % THREADS];
        Node[] living = new Node[LIVES_A_WHILE];
        for (int i = 0; i < ROUNDS; i++) {
            Node node = new Node();
            node.young = living[i * 7 % LIVES_A_WHILE];
            living[i % LIVES_A_WHILE] = i % 11 == 0 ? null : node;
            if (i % 16 == 0) { // holes in many pages
                Node old = kept[(i >>> 4) * 13 % OLD];
                kept[(i >>> 4) * 13 % OLD] = node;
                node.young = null;
                if (old != null) {
                    old.young = new Node();
                }
            }
            if (i % 64 == 1) {
                shared[(i >>> 6) % OLD] = node;
                node.young = null;
            }
        }
    }

    private static void printThreads() throws IOException {
        Path tasks = Path.of("/proc/self/task");
        if (Files.isDirectory(tasks)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
                for (Path each : all) {
                    print(each);
                }
            }
        }
    }

    private static void print(Path task) throws IOException {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            System.out.println(task.getFileName() + " " + name);
        } catch (NoSuchFileException ended) {
            // It was none of the agent's.
        }
    }
}
