package org.shadowheap.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What counts as the application when a site names its callers: the user's choice, else everything outside the JDK. */
public final class Application {

    private static final String[] JDK = {"java.", "javax.", "jdk.", "sun."};

    /** Stores here may meet a virtual thread that is being mounted, whose frames cannot be looked at. */
    private static final String[] OF_THREADS = {
        "java.lang.Thread", "java.lang.VirtualThread", "java.lang.BaseVirtualThread", "jdk.internal.vm.",
        "jdk.internal.misc.CarrierThread"
    };

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final List<String> globs;

    /**
     * @param globs of binary names, empty for everything outside the JDK
     */
    public Application(List<String> globs) {
        this.globs = List.copyOf(globs);
    }

    static boolean isJdk(@Nullable Module module, @Nullable ClassLoader loader) {
        return loader == null || loader == PLATFORM || module != null && module.isNamed() && isJdkModule(module.getName());
    }

    private static boolean isJdkModule(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    /** Whether a loaded class belongs to the application. Links and allocates nothing. */
    public boolean holds(Class<?> type) {
        String name = type.getName();
        return holds(name, globs.isEmpty() && isJdk(type.getModule(), type.getClassLoader()));
    }

    private boolean holds(String name, boolean fromJdk) {
        if (OwnClasses.isOwn(name)) {
            return false;
        }
        return globs.isEmpty() ? !fromJdk && !startsWith(name, JDK) : ClassSelection.matches(globs, name);
    }

    /** Whether it is of interest who calls the sites of this class. */
    boolean leavesOut(String name, boolean fromJdk) {
        return !holds(name, fromJdk) && !startsWith(name, OF_THREADS);
    }

    private static boolean startsWith(String name, String[] beginnings) {
        for (String beginning : beginnings) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
