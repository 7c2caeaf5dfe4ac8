package org.shadowheap.exploration.dirtypages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shadowheap.exploration.Exploration;
import org.shadowheap.exploration.Explorer;
import org.shadowheap.exploration.ExploringLoader;
import org.shadowheap.exploration.Scenario;

/**
 * A scene and what it begins with.
 *
 * @param arguments of the scene's constructor, from the second on
 */
record Played(Class<? extends Scenario> scene, List<String> arguments) {

    Played(Class<? extends Scenario> scene, String... arguments) {
        this(scene, List.of(arguments));
    }

    /** Explores it, and prints how much there was to explore. */
    Exploration by(Class<? extends Protocol> protocol) {
        return by(protocol, Map.of());
    }

    /** The same with accesses exchanged, as {@code ExploringLoader} says. */
    Exploration by(Class<? extends Protocol> protocol, Map<String, String> renamedAccesses) {
        Exploration exploration = explore(protocol, renamedAccesses, true);
        String name = protocol.getSimpleName() + (renamedAccesses.isEmpty() ? "" : " weakened");
        System.out.println("exploration: " + scene.getSimpleName() + arguments + " by " + name + ": " + exploration);
        return exploration;
    }

    /** The same in silence. */
    Exploration explore(Class<? extends Protocol> protocol, Map<String, String> renamedAccesses, boolean isReduced) {
        List<Object> all = new ArrayList<>(List.of(protocol));
        all.addAll(arguments);
        return new Explorer(isReduced).explore(new ExploringLoader(renamedAccesses).scenario(scene, all.toArray()));
    }
}
