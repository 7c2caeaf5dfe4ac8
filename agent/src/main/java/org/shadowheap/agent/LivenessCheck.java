package org.shadowheap.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.LivenessSamples;
import org.shadowheap.barrier.LivenessSamples.Sample;
import org.shadowheap.barrier.RealCollection;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.ShadowGraph;

/**
 * Compares what the shadow heap says of sampled objects with what the JVM does with them, again and again: a developer's tool,
 * {@code -Dshadowheap.liveness.sample=1000}.
 *
 * <p>A comparison has the shadow heap collected, the old space as well, asks it which samples are dead, and then has the JVM collect everything. What
 * the JVM keeps was alive all the while: so it is an error if the shadow heap judged it dead. What the JVM cleared in the comparison before
 * was dead before the shadow heap was collected: so the shadow heap keeps it for too long if it still has it.
 */
final class LivenessCheck implements Runnable {

    /** Of so many births one is sampled; 0 for none. */
    private static final String SAMPLE = "shadowheap.liveness.sample";

    /** Milliseconds between two comparisons. */
    private static final String PAUSE = "shadowheap.liveness.pause";

    private static final int DEFAULT_PAUSE = 300;

    /** For running threads to list their roots. */
    private static final int ANSWER_MILLIS = 30;

    /** For threads that get no processor meanwhile: what they hold is not beyond any window of evidence. */
    private static final int MOST_ANSWER_MILLIS = 1_000;

    private static final int MOST_NAMED = 20;
    private static final int OFTEN = 10;

    private final Analysis analysis;
    private final Drain drain;
    private final int pauseMillis = Integer.getInteger(PAUSE, DEFAULT_PAUSE);
    private final Thread thread = AgentThreads.create("shadowheap-liveness", this);

    /** Samples of which not both heaps have said that they are dead, and those of them that the JVM has cleared. */
    private List<Sample> samples = new ArrayList<>();

    private final Set<Integer> found = new HashSet<>();
    private volatile boolean ended;
    private int comparisons;
    private long taken;
    private long judgedDead;
    private long deadButAlive;
    private long held;
    private long heldButDead;

    /** How many of each class were held although dead, the last time. */
    private Map<String, Integer> heldClasses = new TreeMap<>();

    private LivenessCheck(Analysis analysis, Drain drain) {
        this.analysis = analysis;
        this.drain = drain;
    }

    /** Of so many births one is to be sampled; 0 for none. */
    static int sampledOf() {
        return Math.max(0, Integer.getInteger(SAMPLE, 0));
    }

    /** Prepares it if it is asked for, before the drain starts. */
    static @Nullable LivenessCheck prepare(@Nullable Analysis analysis, Drain drain) {
        if (analysis == null || sampledOf() == 0) {
            return null;
        }
        LivenessCheck check = new LivenessCheck(analysis, drain);
        new Judgement(analysis.graph(), List.of()).run();
        new Answers(0).run();
        isDead(analysis.graph().generationOf(1)); // what the drain will need is loaded
        return check;
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        AgentCode.enter(); // for good: the thread ends
        try {
            while (!ended) {
                Thread.sleep(pauseMillis);
                compare();
            }
        } catch (InterruptedException sessionEnds) {
            // The last comparison is made where it ends.
        }
    }

    /** Compares for the last time and tells what was found. The calling thread is quiet. */
    void end() {
        ended = true;
        thread.interrupt();
        try {
            thread.join();
            compare();
            compare();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Map.Entry<String, Integer> each : heldClasses.entrySet()) {
            if (each.getValue() >= OFTEN) {
                StandardError.line("liveness: " + each.getKey() + " " + each.getValue() + " are dead and held");
            }
        }
        StandardError.line("liveness: comparisons=" + comparisons + " samples=" + taken + " judgedDead=" + judgedDead
                + " deadButAlive=" + deadButAlive + " held=" + held + " heldButDead=" + heldButDead);
    }

    private synchronized void compare() throws InterruptedException {
        for (Sample each = LivenessSamples.takeAll(); each != null; each = each.next()) {
            samples.add(each);
            taken++;
        }
        Set<Sample> dead = new HashSet<>();
        for (Sample each : samples) {
            if (each.isCleared()) {
                dead.add(each);
            }
        }
        Judgement judgement = collectAndJudge();
        System.gc();
        List<Sample> left = new ArrayList<>();
        heldClasses = new TreeMap<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample each = samples.get(i);
            Generation generation = judgement.of[i];
            if (isDead(generation)) {
                if (!each.isCleared()) {
                    differs(each, generation);
                    left.add(each);
                } else if (!found.contains(each.id)) {
                    judgedDead++;
                }
                continue;
            }
            left.add(each);
            held++;
            if (dead.contains(each)) {
                heldButDead++;
                heldClasses.merge(each.name, 1, Integer::sum);
            }
        }
        samples = left;
        comparisons++;
    }

    private void differs(Sample sample, Generation generation) {
        if (!found.add(sample.id)) {
            return;
        }
        judgedDead++;
        deadButAlive++;
        if (deadButAlive <= MOST_NAMED) {
            StandardError.line("liveness: " + sample.name + " " + sample.id + " is alive and was judged "
                    + generation.name().toLowerCase(Locale.ROOT));
        }
    }

    private Judgement collectAndJudge() throws InterruptedException {
        RealCollection.mark(CollectionKind.ASKED_MAJOR.number(), 0, 0, 0);
        drain.catchUp();
        awaitAnswers(Stamps.epoch(Stamps.raiseEpoch()));
        RealCollection.mark(CollectionKind.ASKED.number(), 0, 0, 0);
        drain.catchUp();
        Judgement judgement = new Judgement(analysis.graph(), samples);
        if (!drain.betweenRounds(judgement)) {
            judgement.run(); // nobody feeds any more
        }
        return judgement;
    }

    private void awaitAnswers(long epoch) throws InterruptedException {
        Answers answers = new Answers(epoch);
        int left = MOST_ANSWER_MILLIS / ANSWER_MILLIS;
        do {
            Thread.sleep(ANSWER_MILLIS);
            left--;
        } while (left > 0 && drain.betweenRounds(answers) && !answers.areComplete);
    }

    /** Whether all threads have listed their roots since an epoch began. Asked on the drain, which alone knows whose logs are still there. */
    private static final class Answers implements Runnable {
        private final long epoch;
        private volatile boolean areComplete;

        Answers(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public void run() {
            boolean all = true;
            for (int log = 1; log <= Cells.logs(); log++) {
                long cell = Cells.ofLog(log);
                all &= cell == 0 || Cells.hasEnded(log) || Cells.hasAnswered(cell, epoch);
            }
            areComplete = all;
        }
    }

    private static boolean isDead(Generation generation) {
        return generation == Generation.DEAD || generation == Generation.RESURRECTED;
    }

    /** Where the shadow heap has each of some samples. Asked for on one thread and read on another. */
    private static final class Judgement implements Runnable {
        private final ShadowGraph graph;
        private final List<Sample> samples;
        private final Generation[] of;

        Judgement(ShadowGraph graph, List<Sample> samples) {
            this.graph = graph;
            this.samples = samples;
            this.of = new Generation[samples.size()];
        }

        @Override
        public void run() {
            for (int i = 0; i < of.length; i++) {
                of[i] = graph.generationOf(samples.get(i).id);
            }
        }
    }
}
