package org.shadowheap.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.BarrierSetup;

/**
 * What counts as the application when a site outside it names its callers: the user's choice, else everything outside the JDK.
 *
 * <p>Any thread.
 */
public final class Application {

    /** Stores here, or in nested classes, may meet a virtual thread that is half mounted, whose frames must not be looked at. */
    private static final String[] MOUNTING = {
        "java.lang.Thread",
        "java.lang.VirtualThread",
        "java.lang.BaseVirtualThread",
        "jdk.internal.misc.CarrierThread",
        "jdk.internal.vm.Continuation",
        "jdk.internal.vm.StackChunk",
        "jdk.internal.vm.ThreadContainers",
        "jdk.internal.vm.ThreadContainer",
        "jdk.internal.vm.SharedThreadContainer"
    };

    private static final String BARRIER = BarrierName.INTERNAL.replace('/', '.');
    private static final String EVERYTHING = "*";
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final List<String> globs;

    /**
     * @param globs of binary names, empty for everything outside the JDK
     */
    public Application(List<String> globs) {
        this.globs = List.copyOf(globs);
    }

    static boolean isJdk(@Nullable Module module, @Nullable ClassLoader loader) {
        return loader == null
                || loader == PLATFORM
                || module != null && module.isNamed() && isJdkModule(module.getName());
    }

    private static boolean isJdkModule(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    /** Whether no site lies outside, so that there is nobody to be named. */
    public boolean isEverything() {
        return globs.contains(EVERYTHING);
    }

    /** Whether a loaded class belongs to the application. For barriers: links nothing, takes no lock. */
    public boolean holds(Class<?> type) {
        if (globs.isEmpty() && isJdk(type.getModule(), BarrierSetup.loaderOf(type))) {
            return false;
        }
        return holds(type.getName(), false);
    }

    boolean holds(String name, boolean fromJdk) {
        if (OwnClasses.isOwn(name) || name.equals(BARRIER)) {
            return false;
        }
        return globs.isEmpty() ? !fromJdk : ClassSelection.matches(globs, name);
    }

    /** Whether it is sampled who calls the sites of this class. */
    boolean leavesOut(String name, boolean fromJdk) {
        return !holds(name, fromJdk) && !mounts(name);
    }

    private static boolean mounts(String name) {
        int nested = name.indexOf('$');
        String outer = nested < 0 ? name : name.substring(0, nested);
        for (String each : MOUNTING) {
            if (outer.equals(each)) {
                return true;
            }
        }
        return false;
    }
}
