package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassSelectionTest {

    /** Short texts of few letters, so that stars have much to choose from. */
    @Test
    void globsMatchAsPatternsDo() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            String glob = text(random, "ab*?.", 7);
            String name = text(random, "ab.", 9);
            boolean expected =
                    name.matches(glob.replace(".", "\\.").replace("*", ".*").replace("?", "."));
            assertEquals(
                    expected,
                    selection(List.of(glob), List.of(), true).selects(name, false),
                    () -> glob + " and " + name + " seed=" + seed);
        }
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static ClassSelection selection(List<String> include, List<String> exclude, boolean jdk) {
        return new ClassSelection(include, exclude, jdk);
    }

    @Test
    void withoutAChoiceEverythingIsInstrumentedAndNothingIsPartial() {
        ClassSelection all = selection(List.of(), List.of(), true);
        assertTrue(all.selects("com.acme.Main", false));
        assertTrue(all.selects("java.util.HashMap", true));
        assertFalse(all.isPartial());
    }

    @Test
    void ourOwnClassesNeverAre() {
        ClassSelection all = selection(List.of("*"), List.of(), true);
        assertFalse(all.selects("org.shadowheap.barrier.WriteBarrier", false));
        assertTrue(all.selects("org.shadowheap.samples.Samples", false));
    }

    @Test
    void withoutTheJdkItsClassesAreLeftOutButObjectWhereBirthsBegin() {
        ClassSelection application = selection(List.of(), List.of(), false);
        assertTrue(application.selects("com.acme.Main", false));
        assertFalse(application.selects("java.util.HashMap", true));
        assertTrue(application.selects("java.lang.Object", true));
        assertTrue(application.isPartial());
    }

    @Test
    void excludeWinsOverInclude() {
        ClassSelection some = selection(List.of("com.acme.*"), List.of("com.acme.generated.*", "*Proxy?"), true);
        assertTrue(some.selects("com.acme.Main", false));
        assertTrue(some.selects("com.acme.a.b.Main$Inner", false));
        assertFalse(some.selects("com.acme.generated.Main", false));
        assertFalse(some.selects("com.acme.Proxy1", false));
        assertTrue(some.selects("com.acme.Proxy12", false));
        assertFalse(some.selects("org.other.Main", false));
        assertTrue(some.selects("java.lang.Object", true));
        assertTrue(some.isPartial());
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Main, com.acme.Main, true",
        "com.acme.Main, com.acme.Main$Inner, false",
        "com.acme.Main, com_acme.Main, false",
        "com.acme.Main$*, com.acme.Main$Inner, true",
        "com.acme.*, com.acme., true",
        "com.acme.*, com.acme, false",
        "*, a.b.C, true",
        "a.?.C, a.b.C, true",
        "a.?.C, a..C, false",
        "*.C, a.b.C, true",
        "a*c*e, abcde, true",
        "a*c*e, abcd, false"
    })
    void aStarStandsForAnyCharactersAQuestionMarkForOneAllElseForItself(String glob, String name, boolean matches) {
        assertTrue(matches == selection(List.of(glob), List.of(), true).selects(name, false), glob);
    }
}
