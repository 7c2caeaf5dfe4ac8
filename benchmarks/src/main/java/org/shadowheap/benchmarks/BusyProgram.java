package org.shadowheap.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AttachCost} attaches to: has so many classes loaded and so many objects on its heap, and a thread that works with a tenth of the
 * classes and all of the objects, all the time, and notes the longest time that a step of it took. Answers lines of its standard input: {@code gap} with the longest step since the last
 * answer in microseconds and the steps a second, {@code state} with what it uses.
 */
public final class BusyProgram {

    private static final int NAME_DIGITS = 5;
    private static final int CALLS = 64;

    /** One in so many classes is at work; the others are loaded and have an instance. */
    private static final int IDLE = 10;

    private static final int CHAIN = 1000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final long MIB = 1 << 20;

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final MemoryPoolMXBean METASPACE = metaspace();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ObjectName COMMANDS = commands();
    private static final Pattern TOTAL = Pattern.compile("Total = \\d+ +(\\d+)");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");

    /** Its objects can be reached from a static field. */
    private static @Nullable BusyProgram running;

    private final Work[] all;
    private final Node[] heap;
    private final int work;
    private volatile long steps;
    private volatile long longestNanos;
    private volatile boolean isToldAnew;

    /** What the many classes do. */
    public interface Work {
        /** Stores references. Returns something that depends on it. */
        int work(Object value);
    }

    /** An object of the heap. */
    private static final class Node {
        private final @Nullable Node next;
        private @Nullable Object value;

        Node(@Nullable Node next) {
            this.next = next;
        }

        int set(Object other) {
            boolean isFirst = value == null;
            value = other;
            return isFirst || next == null ? 0 : 1;
        }
    }

    private BusyProgram(Work[] all, Node[] heap, int work) {
        this.all = all;
        this.heap = heap;
        this.work = work;
    }

    /** Number of classes, of objects, and of rounds of arithmetic before each two stores; less than 0 if nothing is to be done at all. */
    public static void main(String[] args) throws Exception {
        Work[] all = new Work[Integer.parseInt(args[0])];
        Definer definer = new Definer();
        for (int i = 0; i < all.length; i++) {
            all[i] = (Work) definer.define(i).getDeclaredConstructor().newInstance();
            all[i].work("first");
        }
        BusyProgram program = new BusyProgram(all, heap(Integer.parseInt(args[1])), Integer.parseInt(args[2]));
        running = program;
        Thread worker = new Thread(program::run, "worker");
        worker.setDaemon(true);
        if (program.work >= 0) {
            worker.start();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        long lastSteps = program.steps;
        long lastNanos = System.nanoTime();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("gap")) {
                long now = System.nanoTime();
                long done = program.steps;
                System.out.printf(
                        Locale.ROOT,
                        "%.0f %.0f%n",
                        program.longestNanos / NANOS_PER_MICRO,
                        (done - lastSteps) * NANOS_PER_SECOND / (now - lastNanos));
                lastSteps = done;
                lastNanos = now;
                program.isToldAnew = true;
            } else {
                System.out.println(state() + " objects=" + Objects.requireNonNull(running).heap.length * CHAIN);
            }
        }
    }

    private static Node[] heap(int objects) {
        Node[] heap = new Node[objects / CHAIN + 1];
        Arrays.setAll(heap, i -> chain());
        return heap;
    }

    private static Node chain() {
        Node node = new Node(null);
        for (int i = 1; i < CHAIN; i++) {
            node = new Node(node);
        }
        return node;
    }

    private void run() {
        long random = 1;
        long done = 0;
        long last = System.nanoTime();
        for (; ; ) {
            random = step(random);
            long now = System.nanoTime();
            if (isToldAnew) {
                isToldAnew = false;
                longestNanos = 0;
            } else if (now - last > longestNanos) {
                longestNanos = now - last;
            }
            last = now;
            steps = ++done;
        }
    }

    /** A frame of its own each time: it runs what its method is at that time. */
    private long step(long random) {
        long x = random;
        int sum = 0;
        for (int i = 0; i < CALLS; i++) {
            for (int j = 0; j < work; j++) { // most programs do more than to store
                x ^= x << 13;
                x ^= x >>> 7;
                x ^= x << 17;
            }
            x = x * 6364136223846793005L + 1442695040888963407L;
            Object value = new int[4];
            sum += all[(int) ((x >>> 33) % (all.length / IDLE + 1))].work(value);
            sum += heap[(int) ((x >>> 40) % heap.length)].set(value);
        }
        return x + (sum & 1);
    }

    /**
     * Resident and metaspace in MiB, loaded classes, threads. After a collection. What it needs it has made beforehand, and it formats
     * nothing: else the JDK would link lambdas for it after each session, and it would count those.
     */
    private static String state() throws IOException, JMException {
        System.gc();
        long tenths = METASPACE.getUsage().getUsed() * 10 / MIB;
        return "resident=" + residentMiB() + " metaspace=" + tenths / 10 + "." + tenths % 10 + " classes=" + classes()
                + " threads=" + THREADS.getThreadCount();
    }

    private static ObjectName commands() {
        try {
            return new ObjectName("com.sun.management:type=DiagnosticCommand");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemoryPoolMXBean metaspace() {
        for (MemoryPoolMXBean each : ManagementFactory.getMemoryPoolMXBeans()) {
            if (each.getName().equals("Metaspace")) {
                return each;
            }
        }
        throw new IllegalStateException("this JVM has no metaspace");
    }

    /** What the management bean for it tells also counts each time that a class was transformed. */
    private static long classes() throws JMException {
        Object told = SERVER.invoke(COMMANDS, "vmClassloaderStats", new Object[0], new String[0]);
        Matcher total = TOTAL.matcher(String.valueOf(told));
        return total.find() ? Long.parseLong(total.group(1)) : 0;
    }

    private static long residentMiB() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(NO_DIGITS.matcher(line).replaceAll("")) >> 10;
            }
        }
        return 0;
    }

    /** Defines copies of {@link Work00000} under other names of the same length. */
    private static final class Definer extends ClassLoader {

        private final byte[] template;
        private final byte[] name;

        Definer() throws IOException {
            super(BusyProgram.class.getClassLoader());
            String file = Work00000.class.getName().replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(BusyProgram.class.getResourceAsStream("/" + file), file)) {
                template = in.readAllBytes();
            }
            name = Work00000.class.getSimpleName().getBytes(StandardCharsets.US_ASCII);
        }

        Class<?> define(int number) {
            byte[] bytes = template.clone();
            byte[] digits = String.format(Locale.ROOT, "%0" + NAME_DIGITS + "d", number + 1)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i + name.length <= bytes.length; i++) {
                if (Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                    System.arraycopy(digits, 0, bytes, i + name.length - digits.length, digits.length);
                }
            }
            return defineClass(null, bytes, 0, bytes.length);
        }
    }
}
