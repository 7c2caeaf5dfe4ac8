package org.shadowheap.analysis;

import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.event.Recording;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;

/** The shape of the heap among the options of a recording: keys as in the JSON result, plain numbers. */
public final class RecordedConfiguration {

    static final String DETAIL = "all";

    /** The option that tells how many ids earlier sessions of the JVM have given; none if there was none. */
    public static final String IDS_BEFORE = "ids-before";

    private RecordedConfiguration() {}

    /** What a recording that runs beside this heap keeps of it. The bound belongs to the machine and is not kept. */
    public static Map<String, String> options(HeapConfiguration configuration) {
        Map<String, String> options = new TreeMap<>();
        options.put("nurseryBytes", Long.toString(configuration.nurseryBytes()));
        options.put("pageBytes", Integer.toString(configuration.pageBytes()));
        options.put("tenure", Integer.toString(configuration.tenure()));
        options.put("remset", configuration.remset().optionName());
        options.put("cardBytes", Integer.toString(configuration.cardBytes()));
        options.put("detail", DETAIL);
        return options;
    }

    /**
     * The heap that a recording was made with.
     *
     * @param boundBytes bound of the heap's resident bytes on this machine
     * @throws IllegalArgumentException if the recording lacks an option or has a bad one; names it
     */
    public static HeapConfiguration read(Recording recording, long boundBytes) {
        String remset = recording.options().getOrDefault("remset", RememberedSetPolicy.DIRTY_PAGES.optionName());
        boolean hasCards = recording.options().containsKey("cardBytes");
        return new HeapConfiguration(
                        number(recording, "nurseryBytes", Long.MAX_VALUE),
                        (int) number(recording, "pageBytes", Integer.MAX_VALUE),
                        (int) number(recording, "tenure", Integer.MAX_VALUE),
                        boundBytes,
                        recording.model())
                .withRemset(
                        RememberedSetPolicy.parse(remset),
                        hasCards
                                ? (int) number(recording, "cardBytes", Integer.MAX_VALUE)
                                : RememberedSetPolicy.DEFAULT_CARD_BYTES);
    }

    private static long number(Recording recording, String option, long most) {
        String value = recording.options().get(option);
        long number = value != null && value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(option + " must be a recorded number: " + option + '=' + value);
        }
        return number;
    }

    /** How many ids earlier sessions of the JVM have given, as far as the recording tells. */
    static long idsBefore(Recording recording) {
        try {
            return Long.parseLong(recording.options().getOrDefault(IDS_BEFORE, "0"));
        } catch (NumberFormatException strange) {
            return 0;
        }
    }
}
