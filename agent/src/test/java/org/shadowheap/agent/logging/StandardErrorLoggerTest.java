package org.shadowheap.agent.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class StandardErrorLoggerTest {

    @Test
    void slf4jFindsIt() {
        assertInstanceOf(StandardErrorLogger.class, LoggerFactory.getLogger("any"));
    }

    @Test
    void warningsAndErrorsAreShownAndNothingBelow() {
        Logger logger = LoggerFactory.getLogger("any");
        assertTrue(logger.isErrorEnabled() && logger.isWarnEnabled());
        assertFalse(logger.isInfoEnabled() || logger.isDebugEnabled() || logger.isTraceEnabled());
    }

    @Test
    void aMessageIsOneLineWhateverItHolds() {
        assertEquals("class=A: first second", line("class={}: {}", null, "A", "first\r\n\tsecond\n"));
    }

    @Test
    void anExceptionIsItsNameAndMessageWithoutATrace() {
        assertEquals("failed: java.lang.IllegalStateException: a b", line("failed", new IllegalStateException("a\nb")));
    }

    private static String line(String message, Throwable thrown, Object... arguments) {
        return StandardErrorLogger.line(message, arguments, thrown);
    }
}
