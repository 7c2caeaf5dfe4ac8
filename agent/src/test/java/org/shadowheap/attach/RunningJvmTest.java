package org.shadowheap.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.tools.attach.VirtualMachineDescriptor;
import com.sun.tools.attach.spi.AttachProvider;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The list of JVMs is there in time, whatever they do. */
class RunningJvmTest {

    private static final long PATIENCE_MILLIS = 300;

    private static VirtualMachineDescriptor descriptor(String id, String command) {
        return new VirtualMachineDescriptor(AttachProvider.providers().get(0), id, command);
    }

    /** One that is stopped, or that another command attaches to: it does not answer. */
    @Test
    void whoDoesNotAnswerIsListedAllTheSame() {
        CountDownLatch never = new CountDownLatch(1);
        List<RunningJvm> found = RunningJvm.answers(
                List.of(
                        descriptor("3", "app.Silent with arguments"),
                        descriptor("2", "app.Answers"),
                        descriptor("1", "")),
                each -> {
                    if (each.id().equals("3")) {
                        await(never);
                    }
                    return each.id().equals("1") ? null : new RunningJvm(2, "17", "yes", "app.Answers");
                },
                PATIENCE_MILLIS);
        never.countDown();
        assertEquals(
                List.of(new RunningJvm(2, "17", "yes", "app.Answers"), new RunningJvm(3, "?", "?", "app.Silent")),
                found,
                "and who is none is not");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException nobodyMeansUs) {
            throw new AssertionError(nobodyMeansUs);
        }
    }
}
