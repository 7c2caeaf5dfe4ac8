package org.shadowheap.targets;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Another agent: its transformer throws at every class that is loaded, and a thread of it has the classes of this package
 * retransformed again and again while the program runs. To be put in a jar.
 */
public final class TroublesomeAgent {

    private static final int ROUNDS = 5;

    private TroublesomeAgent() {}

    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        throw new IllegalStateException("thrown by another agent's transformer");
                    }
                },
                true);
        Thread thread = new Thread("another agent") {
            @Override
            public void run() {
                retransform(instrumentation);
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    private static void retransform(Instrumentation instrumentation) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                List<Class<?>> classes = new ArrayList<>();
                for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                    if (type.getName().startsWith(TroublesomeAgent.class.getPackageName())
                            && instrumentation.isModifiableClass(type)) {
                        classes.add(type);
                    }
                }
                instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
                Thread.sleep(20);
            }
        } catch (Exception failed) {
            System.err.println("retransformation failed: " + failed);
        }
    }
}
