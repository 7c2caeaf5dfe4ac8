package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.agent.AgentOptions.ReportTarget;
import org.shadowheap.remset.RememberedSetPolicy;

class OptionParserTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", ",", " , "})
    void withoutOptionsEverythingHasItsDefault(String argument) {
        AgentOptions options = OptionParser.parse(argument);
        assertEquals(
                new AgentOptions(
                        List.of(new ReportTarget(null, false)),
                        null,
                        true,
                        16 << 20,
                        4096,
                        1,
                        RememberedSetPolicy.DIRTY_PAGES,
                        512,
                        1,
                        1,
                        false,
                        false,
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        true,
                        true,
                        64 << 20,
                        0,
                        2_000_000_000L,
                        ""),
                options);
    }

    @Test
    void everyOptionIsRead() {
        AgentOptions options = OptionParser.parse("report=a.txt;b.json,trace=t.shtrace,live=false,nursery=1m,page=512,"
                + "tenure=15,remset=youngest,card=256,appliers=3,collectors=2,check=true,debug=classes;drain,include=com.acme.*;Main,exclude=*$Proxy?,app=com.acme.shop.*,jdk=false,identity=hash,stacks=false,log=1g,"
                + "heap=2g,max-wait=250ms,cache=/var/kept");
        assertEquals(
                new AgentOptions(
                        List.of(new ReportTarget("a.txt", false), new ReportTarget("b.json", true)),
                        "t.shtrace",
                        false,
                        1 << 20,
                        512,
                        15,
                        RememberedSetPolicy.YOUNGEST,
                        256,
                        3,
                        2,
                        true,
                        true,
                        true,
                        false,
                        List.of("com.acme.*", "Main"),
                        List.of("*$Proxy?"),
                        List.of("com.acme.shop.*"),
                        false,
                        false,
                        false,
                        1 << 30,
                        2L << 30,
                        250_000_000L,
                        "/var/kept"),
                options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"appliers", "collectors"})
    void threadsOfAKindAreFrom1To256(String option) {
        for (String text : List.of("0", "257", "-1", "two", "")) {
            String argument = option + '=' + text;
            assertRefused(argument, option + " must be from 1 to 256: " + argument);
        }
        assertEquals(256, OptionParser.parse("appliers=256").appliers());
        assertEquals(256, OptionParser.parse("collectors=256").collectors());
    }

    @Test
    void onlyClassesCanBeDebugged() {
        assertRefused("debug=drains", "debug must be classes or drain, or both separated by ';': debug=drains");
        assertRefused("debug=", "debug must be classes or drain, or both separated by ';': debug=");
    }

    @Test
    void reportNoneIsNoReport() {
        assertEquals(List.of(), OptionParser.parse("report=none").reports());
    }

    @Test
    void percentPStandsForTheProcessInEveryFile() {
        String pid = Long.toString(ProcessHandle.current().pid());
        AgentOptions options = OptionParser.parse("report=r-%p.txt;%p/r.json,trace=t-%p");
        assertEquals("r-" + pid + ".txt", options.reports().get(0).file());
        assertEquals(pid + "/r.json", options.reports().get(1).file());
        assertEquals("t-" + pid, options.trace());
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertEquals("a=b", OptionParser.parse("trace=a=b").trace());
        assertNull(OptionParser.parse("page=512").trace());
    }

    @Test
    void switchesAreTrueOrFalse() {
        assertTrue(OptionParser.parse("jdk=true").jdk());
        assertFalse(OptionParser.parse("jdk=false").jdk());
        assertTrue(OptionParser.parse("identity=header").headerIdentity());
    }

    @Test
    void rewrittenClassesAreKeptInAFolderOrNowhere() {
        assertNull(OptionParser.parse("cache=none").cache());
        assertRefused("cache=", "cache must be a folder, or none: cache=");
    }

    @ParameterizedTest
    @CsvSource({"0ms, 0", "1ms, 1000000", "5s, 5000000000", "600s, 600000000000"})
    void waitsAreSecondsOrMilliseconds(String text, long nanos) {
        assertEquals(nanos, OptionParser.parse("max-wait=" + text).maxWaitNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "ms", "601s", "600001ms", "-1s", "1m", "1.5s", "1h", " 1s", "9999999ms", "1S"})
    void otherWaitsAreRefused(String text) {
        assertRefused("max-wait=" + text, "max-wait must be a time from 0ms to 600s: max-wait=" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "a;;b", "com/acme/Main", "com.acme.Main;", "a b", "a-b"})
    void globsThatMatchNoClassNameAreRefused(String text) {
        assertRefused(
                "exclude=" + text,
                "exclude must be class name globs such as com.acme.*, separated by ';': exclude=" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.html", "x", "a.txt;b", "a.txt;", "none;a.txt", "NONE"})
    void otherReportsAreRefused(String text) {
        assertRefused(
                "report=" + text,
                "report must be none, or files that end in .txt or .json, separated by ';': report=" + text);
    }

    @ParameterizedTest
    @CsvSource({"log, 4m, 16g", "nursery, 4k, 1t"})
    void sizesOutOfRangeAreRefused(String key, String least, String most) {
        OptionParser.parse(key + '=' + least + ",report=none");
        OptionParser.parse(key + '=' + most);
        assertRefused(key + "=1", key + " must be a size from " + least + " to " + most + ": " + key + "=1");
        assertRefused(key + "=1025t", key + " must be a size from " + least + " to " + most + ": " + key + "=1025t");
    }

    @Test
    void aHeapThatDoesNotHoldSeveralNurseriesIsRefused() {
        assertRefused("heap=64m", "heap must be at least 6 times nursery, 96m: heap=64m");
        assertRefused(
                "appliers=16,nursery=4m,heap=64m",
                "heap must be at least 6 times nursery and 5m for each applier beside the first, 99m: heap=64m");
        assertRefused("heap=1", "heap must be a size from 16m to 1t: heap=1");
        assertEquals(64 << 20, OptionParser.parse("heap=64m,nursery=1m").heapBytes());
    }

    @Test
    void liveFalseNeedsATrace() {
        assertRefused("live=false", "live must be true unless a trace is recorded, trace=FILE: live=false");
        assertFalse(OptionParser.parse("live=false,trace=t").live());
        assertEquals(List.of(), OptionParser.parse("live=false,trace=t").reports());
        assertRefused("trace=", "trace must be a file: trace=");
    }

    @Test
    void verificationComesAtTheExitAndNeedsAMirror() {
        assertTrue(OptionParser.parse("verify=exit").verify());
        assertFalse(OptionParser.parse("").verify());
        assertRefused("verify=true", "verify must be exit: verify=true");
        assertRefused(
                "verify=exit,live=false,trace=t",
                "verify must go without live=false, or there is no mirror: verify=exit");
    }

    @Test
    void whatIsGivenTwiceOrWithoutAValueOrUnderAnUnknownNameIsRefused() {
        assertRefused("page=512,page=1k", "page must be given once: page=1k");
        assertRefused("stacks", "stacks must have a value, stacks=...: stacks");
        String message = assertThrows(IllegalArgumentException.class, () -> OptionParser.parse("Page=512"))
                .getMessage();
        assertTrue(message.startsWith("unknown option Page, allowed are report, trace, "), message);
        assertTrue(message.endsWith(": Page=512"), message);
    }

    private static void assertRefused(String argument, String line) {
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> OptionParser.parse(argument))
                        .getMessage());
    }
}
