package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import org.shadowheap.attach.Exchange;

/**
 * Another JVM asks for a session in this one, which has been running for a while.
 *
 * <p>The request: its word, the options as for {@code -javaagent}, the folder that relative paths begin at. The answer: what was done.
 */
final class AttachRequest {

    static final String WORD = "attach";

    private AttachRequest() {}

    /** Starts the session, or refuses in one line. On the JVM's own thread for that, one at a time. */
    static void answer(Exchange exchange, List<String> request, Instrumentation instrumentation) throws IOException {
        String done;
        try {
            AgentOptions options = OptionParser.parse(request.get(1)).withPathsFrom(Path.of(request.get(2)));
            if (Agent.isReady() && !CurrentSession.mayBegin()) {
                exchange.refuse(CurrentSession.whyNot());
                return;
            }
            Attachment attachment = new Attachment(exchange::progress);
            SessionStart.start(options, instrumentation, Agent.defineBootClasses(instrumentation), attachment);
            done = attachment.summary();
        } catch (IllegalArgumentException wrong) {
            exchange.refuseUsage(String.valueOf(wrong.getMessage()));
            return;
        } catch (Throwable failure) {
            exchange.refuse("the session could not be started, the program runs without it: " + failure);
            return;
        }
        exchange.answer(done);
    }
}
