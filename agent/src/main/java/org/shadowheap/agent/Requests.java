package org.shadowheap.agent;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.attach.Exchange;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.report.JsonReport;
import org.shadowheap.report.TextReport;

/** What another JVM may ask of the session that runs in this one. On the JVM's own thread for that, one at a time. */
final class Requests {

    private static final String REPORT = "report";
    private static final String JSON = "json";

    private Requests() {}

    /** Answers, or refuses in one line. Called only where the boot-resident classes are defined. */
    static void answer(Exchange exchange) throws IOException {
        long token = AgentCode.enter();
        try {
            exchange.answer(answer(exchange.request()));
        } catch (IllegalStateException refused) {
            exchange.refuse(String.valueOf(refused.getMessage()));
        } catch (Throwable failure) {
            exchange.refuse("the session could not answer: " + failure);
        } finally {
            AgentCode.exit(token);
        }
    }

    private static String answer(List<String> request) throws IOException, InterruptedException {
        Session session = CurrentSession.get();
        if (session == null) {
            throw new IllegalStateException(Agent.NO_SESSION);
        }
        if (!request.get(0).equals(REPORT)) {
            throw new IllegalStateException(
                    "the session is of another version, which does not know what it is asked: " + request.get(0));
        }
        AnalysisResult result = session.soFar();
        StringWriter text = new StringWriter();
        if (request.get(1).equals(JSON)) {
            JsonReport.write(result, text);
        } else {
            TextReport.write(result, text);
        }
        return text.toString();
    }
}
