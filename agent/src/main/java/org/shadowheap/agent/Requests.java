package org.shadowheap.agent;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.attach.Exchange;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.report.JsonReport;
import org.shadowheap.report.TextReport;

/**
 * What another JVM may ask of the session that runs in this one. One at a time, each on a thread of its own: of the agent's threads a
 * comparison knows that what only their stacks hold is not mirrored, of the JVM's, which waits, it does not.
 */
final class Requests {

    private static final String REPORT = "report";
    private static final String DETACH = "detach";
    private static final String VERIFY = "verify";
    private static final String JSON = "json";

    private Requests() {}

    /** Answers, or refuses in one line. Called only where the boot-resident classes are defined. */
    static void answer(Exchange exchange, List<String> request) throws InterruptedException {
        long token = AgentCode.enter(); // the thread is none of the program's
        Thread thread;
        try {
            thread = AgentThreads.create("shadowheap-request", () -> answerQuietly(exchange, request));
            thread.start();
        } finally {
            AgentCode.exit(token);
        }
        thread.join();
    }

    private static void answerQuietly(Exchange exchange, List<String> request) {
        AgentCode.enter(); // for good: the thread ends
        try {
            try {
                exchange.answer(answer(request, exchange::progress));
            } catch (IllegalStateException refused) {
                exchange.refuse(String.valueOf(refused.getMessage()));
            } catch (Throwable failure) {
                exchange.refuse("the session could not answer: " + failure);
            }
        } catch (IOException unwritable) {
            StandardError.line("a request could not be answered: " + unwritable);
        }
    }

    private static String answer(List<String> request, Consumer<String> progress)
            throws IOException, InterruptedException {
        Session session = CurrentSession.get();
        if (session == null) {
            throw new IllegalStateException(Agent.NO_SESSION);
        }
        return switch (request.get(0)) {
            case REPORT -> text(session.soFar(), request.get(1).equals(JSON));
            case DETACH -> detach(session);
            case VERIFY -> String.join("\n", session.writeHeaps(Path.of(request.get(1)), progress));
            default ->
                throw new IllegalStateException(
                        "the session is of another version, which does not know what it is asked: " + request.get(0));
        };
    }

    /** The report, unless it went to files. */
    private static String detach(Session session) throws IOException {
        AnalysisResult result = session.detach();
        return result == null ? "" : text(result, false);
    }

    static String text(AnalysisResult result, boolean json) throws IOException {
        StringWriter text = new StringWriter();
        if (json) {
            JsonReport.write(result, text);
        } else {
            TextReport.write(result, text);
        }
        return text.toString();
    }
}
