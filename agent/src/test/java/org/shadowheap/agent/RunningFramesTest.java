package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.drain.Definitions;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.verify.Explanations;

class RunningFramesTest {

    private static final String NAME = RunningFramesTest.class.getName();

    private final RunningFrames frames = new RunningFrames();
    private final DefinitionSink definitions = frames.listening(new Definitions());
    private final CountDownLatch runs = new CountDownLatch(2);
    private final CountDownLatch ends = new CountDownLatch(1);
    private final Thread worker = new Thread(this::work, "worker");

    private void work() {
        await();
    }

    private void await() {
        runs.countDown();
        try {
            ends.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void start() throws InterruptedException {
        worker.start();
        while (worker.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        ends.countDown();
        worker.join();
    }

    private void site(int id, String method, String field) {
        definitions.site(new SiteDefinition(id, NAME, method, 1, field));
    }

    @Test
    void framesOfMethodsThatStoreAreNamedWithTheirThread() {
        site(1, "work", "app.Node.left");
        site(2, "site", "app.Node.right");
        frames.look(Set.of(NAME));
        assertEquals(List.of(NAME + ".work (worker)"), frames.remaining());
    }

    @Test
    void whatTheyMayStoreToIsKnown() {
        site(1, "work", "app.Node.left");
        site(2, "work", null);
        site(3, "await", "app.Node.right");
        site(4, "end", "app.Node.other");
        frames.look(Set.of(NAME));
        assertEquals(Set.of("app.Node.left", "app.Node.right", Explanations.ELEMENTS), frames.stored());
    }

    /** There are as many methods as classes have, and a session may last. */
    @Test
    void afterwardsTheyAloneAreKept() {
        site(1, "work", "app.Node.left");
        frames.look(Set.of(NAME));
        site(2, "await", "app.Node.right");
        assertEquals(Set.of("app.Node.left"), frames.stored());
        site(3, "work", "app.Node.other");
        frames.look(Set.of(NAME));
        assertEquals(Set.of("app.Node.left"), frames.stored());
        assertEquals(Set.of(NAME + ".work (worker)"), Set.copyOf(frames.remaining()));
    }

    @Test
    void theyEndWithTheirThread() throws InterruptedException {
        site(1, "work", "app.Node.left");
        frames.look(Set.of(NAME));
        end();
        assertEquals(List.of(), frames.remaining());
        assertEquals(Set.of(), frames.stored());
    }

    @Test
    void thoseOfOtherClassesAreLeftOut() {
        site(1, "work", "app.Node.left");
        frames.look(Set.of("java.lang.Thread"));
        assertEquals(List.of(), frames.remaining());
    }
}
