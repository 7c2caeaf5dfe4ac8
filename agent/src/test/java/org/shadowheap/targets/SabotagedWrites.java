package org.shadowheap.targets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import jdk.internal.misc.Unsafe;

/**
 * Writes references, each way of {@link WritePath} in a class of its own and to slots of its own: a holder is there first, in a
 * static field, and one method writes to it. The arguments name the ways.
 */
public final class SabotagedWrites {

    /** Ends with this, whatever is seen of it. */
    public static final int STATUS = 3;

    private static final Unsafe U = Unsafe.getUnsafe();

    private SabotagedWrites() {}

    static final class Putfield {
        static final Putfield HELD = new Putfield();
        Object slot;

        static void write() {
            HELD.slot = new Object();
        }
    }

    static final class PutfieldsInARow {
        static final PutfieldsInARow HELD = new PutfieldsInARow();
        Object one;
        Object other;

        static void write() {
            PutfieldsInARow held = HELD;
            Object value = new Object();
            held.one = value;
            held.other = value;
        }
    }

    static final class StoreBeforeSuper {
        static Object held;

        /** Its outer instance is stored before {@code super()}. */
        final class Inner {
            Object outer() {
                return StoreBeforeSuper.this;
            }
        }

        static void write() {
            held = new StoreBeforeSuper().new Inner().outer() == null ? null : new StoreBeforeSuper().new Inner();
        }
    }

    static final class Putstatic {
        static Object first;
        static Object slot;

        static void write() {
            slot = new Object();
        }
    }

    static final class Aastore {
        static final Object[] HELD = new Object[2];

        static void write() {
            HELD[1] = new Object();
        }
    }

    static final class AastoreOfSharedArrays {
        static final Object[] HELD = new Object[2];
        static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

        static void write() {
            HELD[1] = ELEMENT.coordinateTypes();
        }
    }

    static final class Arraycopy {
        static final Object[] SOURCE = {new Object(), new Object()};
        static final Object[] HELD = new Object[2];

        static void write() {
            System.arraycopy(SOURCE, 1, HELD, 1, 1);
        }
    }

    static final class ArraycopyThatFails {
        static final Object[] SOURCE = {"fits", 2};
        static final String[] HELD = new String[2];

        static void write() {
            try {
                System.arraycopy(SOURCE, 0, HELD, 0, 2);
                throw new IllegalStateException("copied");
            } catch (ArrayStoreException expected) {
                System.out.println(HELD[0]);
            }
        }
    }

    static final class ArraysCopyOf {
        static final Object[] SOURCE = {new Object()};
        static Object[] held;

        static void write() {
            held = Arrays.copyOf(SOURCE, 2);
        }
    }

    static final class CloneOfArray {
        static final Object[] SOURCE = {new Object()};
        static Object[] held;

        static void write() {
            held = SOURCE.clone();
        }
    }

    static final class CloneOfObject implements Cloneable {
        static final CloneOfObject SOURCE = new CloneOfObject();
        static Object held;
        final Object slot = new Object();

        static void write() {
            try {
                held = SOURCE.clone();
            } catch (CloneNotSupportedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    static final class ArrayNewInstance {
        static Object held;

        static void write() {
            held = Array.newInstance(String.class, 1, 1);
        }
    }

    static final class Multianewarray {
        static Object held;

        static void write() {
            held = new String[1][1];
        }
    }

    static final class ArraySet {
        static final Object[] HELD = new Object[2];

        static void write() {
            Array.set(HELD, 1, new Object());
        }
    }

    /** Written to by the program itself, and by classes of the JDK for it. */
    static final class Slots {
        final AtomicReference<Object> atomic = new AtomicReference<>();
        Object direct;
        volatile Object byHandle;

        long offset() {
            return U.objectFieldOffset(Slots.class, "direct");
        }

        static VarHandle handle() {
            try {
                return MethodHandles.lookup().findVarHandle(Slots.class, "byHandle", Object.class);
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError(impossible.getMessage(), impossible);
            }
        }
    }

    static final class UnsafePut {
        static final Slots HELD = new Slots();

        static void write() {
            U.putReference(HELD, HELD.offset(), new Object());
            Slots.handle().setVolatile(HELD, new Object());
            HELD.atomic.lazySet(new Object());
        }
    }

    static final class UnsafeGetAndSet {
        static final Slots HELD = new Slots();

        static void write() {
            U.getAndSetReference(HELD, HELD.offset(), new Object());
            Slots.handle().getAndSet(HELD, new Object());
            HELD.atomic.getAndSet(new Object());
        }
    }

    static final class UnsafeCompareAndSet {
        static final Slots HELD = new Slots();

        static void write() {
            U.compareAndSetReference(HELD, HELD.offset(), null, new Object());
            Slots.handle().compareAndSet(HELD, null, new Object());
            HELD.atomic.compareAndSet(null, new Object());
        }
    }

    static final class UnsafeCompareAndExchange {
        static final Slots HELD = new Slots();

        static void write() {
            U.compareAndExchangeReference(HELD, HELD.offset(), null, new Object());
            Slots.handle().compareAndExchange(HELD, null, new Object());
            HELD.atomic.compareAndExchange(null, new Object());
        }
    }

    /** What it clears is still held: no collector would have cleared it. */
    static final class ReferenceClear {
        static final Object REFERENT = new Object();
        static final Reference<Object> HELD = new WeakReference<>(REFERENT);

        static void write() {
            HELD.clear();
        }
    }

    /** What a hidden class constructs is read when it is met: this is written to later. */
    static class HiddenClasses {
        static HiddenClasses held;
        Object first;

        void write(Object value) {
            throw new UnsupportedOperationException();
        }

        /** The file of a hidden class. */
        static final class Hidden extends HiddenClasses {
            Object slot;

            @Override
            void write(Object value) {
                slot = value;
            }
        }

        static void write() {
            String file = Hidden.class
                            .getName()
                            .substring(Hidden.class.getPackageName().length() + 1) + ".class";
            try (InputStream bytes = Hidden.class.getResourceAsStream(file)) {
                held = (HiddenClasses) MethodHandles.lookup()
                        .defineHiddenClass(bytes.readAllBytes(), true)
                        .lookupClass()
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (IOException | ReflectiveOperationException impossible) {
                throw new LinkageError(impossible.getMessage(), impossible);
            }
            held.first = new Object();
            held.write(new Object());
        }
    }

    public static void main(String[] ways) {
        for (String way : ways) {
            write(WritePath.valueOf(way));
        }
        System.out.println("wrote in " + ways.length + " ways");
        System.exit(STATUS);
    }

    private static void write(WritePath way) {
        switch (way) {
            case PUTFIELD -> Putfield.write();
            case PUTFIELDS_IN_A_ROW -> PutfieldsInARow.write();
            case STORE_BEFORE_SUPER -> StoreBeforeSuper.write();
            case PUTSTATIC -> {
                // The class is met here, and its fields are read: not later, when the other one was written.
                Putstatic.first = new Object();
                Putstatic.write();
            }
            case AASTORE -> Aastore.write();
            case AASTORE_OF_SHARED_ARRAYS -> AastoreOfSharedArrays.write();
            case ARRAYCOPY -> Arraycopy.write();
            case ARRAYCOPY_THAT_FAILS -> ArraycopyThatFails.write();
            case ARRAYS_COPY_OF -> ArraysCopyOf.write();
            case CLONE_OF_ARRAY -> CloneOfArray.write();
            case CLONE_OF_OBJECT -> CloneOfObject.write();
            case ARRAY_NEW_INSTANCE -> ArrayNewInstance.write();
            case MULTIANEWARRAY -> Multianewarray.write();
            case ARRAY_SET -> ArraySet.write();
            case UNSAFE_PUT -> UnsafePut.write();
            case UNSAFE_GET_AND_SET -> UnsafeGetAndSet.write();
            case UNSAFE_COMPARE_AND_SET -> UnsafeCompareAndSet.write();
            case UNSAFE_COMPARE_AND_EXCHANGE -> UnsafeCompareAndExchange.write();
            case REFERENCE_CLEAR -> ReferenceClear.write();
            case HIDDEN_CLASSES -> HiddenClasses.write();
        }
    }
}
