package org.shadowheap.instrument;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.Layout;
import org.shadowheap.barrier.SiteTable;
import org.shadowheap.barrier.TypeSource;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;

/**
 * Answers the barrier's questions about types and sites, from class files that were seen and the internal Unsafe.
 *
 * <p>Called on application threads, which are quiet meanwhile. Takes no lock but a table bin's, and loads no class,
 * except for the fields of a class whose file was never seen (a hidden one).
 */
public final class TypeDescriber implements TypeSource {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final String REFERENT = "referent";

    /**
     * Constructed by the JVM and held by it alone at first, where nobody sees it: these are met when they are mentioned. It makes
     * some for its memory pools and collectors, and some for each collection that it tells of.
     */
    private static final Set<String> MADE_BY_THE_JVM = Set.of(
            "java.lang.management.MemoryUsage",
            "com.sun.management.GcInfo",
            "com.sun.management.internal.GarbageCollectorExtImpl",
            "sun.management.MemoryPoolImpl");

    /**
     * Classes of references that keep their referents: finalizers, and entries of the table that each {@code MethodType} comes from, on 17 and
     * on 25. The JDK takes entries out of it that the JVM has cleared, which is seen.
     */
    private static final Set<String> KEEPING = Set.of(
            "java.lang.ref.FinalReference",
            "java.lang.invoke.MethodType$ConcurrentWeakInternSet$WeakEntry",
            "jdk.internal.util.WeakReferenceKey");

    /** The list in which the collector keeps references. */
    private static final String DISCOVERED = "discovered";

    /** Whose {@code get} tells the referent and runs no code but the JDK's. Those of a finalizer are not: it reads a field. */
    private static final Set<Class<?>> READ_BY_GET = Set.of(Reference.class, SoftReference.class);

    private final ClassTable classes;
    private final DefinitionSink definitions;
    private final Loaders loaders = new Loaders();
    private final FieldSource fields;
    private final LoadedClasses<Class<?>, Described> described = new LoadedClasses<>();
    private final ObjectModel model;
    private final int headerBytes;

    /**
     * What is kept of a type: its layout, null if it is our own, and its definition but for the ids.
     *
     * @param mirrorEnd where the last static field ends, in bytes from the class mirror
     */
    private record Described(
            @Nullable Layout layout,
            TypeDefinition.Shape shape,
            int bytes,
            int elementBytes,
            int mirrorEnd,
            List<FieldDefinition> fields,
            List<FieldDefinition> statics) {}

    /**
     * @param headerBytes where the fields of an object begin
     */
    public TypeDescriber(ClassTable classes, DefinitionSink definitions, ObjectModel model, int headerBytes) {
        this.classes = classes;
        this.definitions = definitions;
        this.model = model;
        this.headerBytes = headerBytes;
        this.fields = new FieldSource(classes);
    }

    /**
     * Asks the JVM for the fields of the classes whose file nobody saw, which makes it load the classes of these fields: better here, by a thread
     * that holds no lock of the program's, than in a barrier.
     */
    public void askForUnseen(Class<?>[] loaded) {
        for (Class<?> type : loaded) {
            if (!type.isArray() && !OwnClasses.isOwn(type.getName())) {
                fields.of(type);
            }
        }
    }

    private Described describe(Class<?> type) {
        Described known = described.get(type.getName(), type);
        return known != null ? known : described.entered(type.getName(), type, make(type));
    }

    private Described make(Class<?> type) {
        if (OwnClasses.isOwn(type.getName())) {
            return new Described(null, TypeDefinition.Shape.INSTANCE, 0, 0, 0, List.of(), List.of());
        }
        if (type.isArray()) {
            return array(type);
        }
        List<FieldDefinition> declared = new ArrayList<>();
        List<FieldDefinition> statics = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        boolean born = true;
        boolean isReferentRead = true;
        long referent = Layout.UNREADABLE;
        long end = headerBytes;
        long mirrorEnd = 0;
        for (Class<?> at = type; at != null && !type.isPrimitive(); at = at.getSuperclass()) {
            ClassFacts facts = fields.of(at);
            born &= facts.instrumented;
            isReferentRead &= !facts.declaresGet || READ_BY_GET.contains(at);
            for (ClassFacts.Field field : facts.fields) {
                long offset = field.isStatic() && at != type ? -1 : FieldSource.offset(at, field.name());
                if (offset < 0) {
                    continue;
                }
                long fieldEnd = offset + (field.isReference() ? model.referenceBytes() : field.bytes());
                if (field.isStatic()) {
                    mirrorEnd = Math.max(mirrorEnd, fieldEnd);
                } else {
                    end = Math.max(end, fieldEnd);
                }
                if (field.isReference() && field.isStatic()) {
                    statics.add(new FieldDefinition(field.name(), (int) offset, false, field.isArray()));
                } else if (field.isReference()) {
                    boolean isReferent = at == Reference.class && field.name().equals(REFERENT);
                    if (isReferent) {
                        referent = isReferentRead ? offset : Layout.UNREADABLE;
                    } else if (at != Reference.class || !field.name().equals(DISCOVERED)) {
                        offsets.add(offset);
                    }
                    if (at == type || isReferent && keepsReferent(type)) {
                        boolean weak = isReferent && at == type;
                        declared.add(new FieldDefinition(field.name(), (int) offset, weak, field.isArray()));
                    }
                }
            }
        }
        boolean mirror = type == Class.class;
        born &= !mirror && !MADE_BY_THE_JVM.contains(type.getName());
        Layout layout = new Layout(longs(offsets), referent, offsetsOf(statics), false, false, born);
        return new Described(
                layout,
                mirror ? TypeDefinition.Shape.MIRROR : TypeDefinition.Shape.INSTANCE,
                (int) model.align(end),
                0,
                (int) mirrorEnd,
                List.copyOf(declared),
                List.copyOf(statics));
    }

    /**
     * Whether the collector keeps the referents of a class whose superclass it is not so with: softly, while there is memory;
     * or until they are finalized. Or as good as keeps, because the program asks for them again and again, and the shadow heap collects at
     * other times than the JVM.
     */
    private static boolean keepsReferent(Class<?> type) {
        return type == SoftReference.class || KEEPING.contains(type.getName());
    }

    private static Described array(Class<?> type) {
        Class<?> element = type.getComponentType();
        boolean references = !element.isPrimitive();
        return new Described(
                new Layout(new long[0], Layout.UNREADABLE, new long[0], true, references, true),
                references ? TypeDefinition.Shape.REFERENCE_ARRAY : TypeDefinition.Shape.PRIMITIVE_ARRAY,
                ArrayBase.of(element),
                U.arrayIndexScale(type),
                0,
                List.of(),
                List.of());
    }

    private static long[] longs(List<Long> list) {
        long[] result = new long[list.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = list.get(i);
        }
        return result;
    }

    private static long[] offsetsOf(List<FieldDefinition> fields) {
        long[] result = new long[fields.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = fields.get(i).offset();
        }
        return result;
    }

    @Override
    public @Nullable Layout layout(Class<?> type) {
        return describe(type).layout();
    }

    @Override
    public void define(Class<?> type, int id, int superType) {
        Described facts = describe(type);
        definitions.type(new TypeDefinition(
                id,
                ClassNames.of(type),
                loaders.number(BarrierSetup.loaderOf(type)),
                superType,
                facts.shape(),
                facts.shape() == TypeDefinition.Shape.MIRROR ? 0 : facts.bytes(),
                facts.elementBytes(),
                facts.fields(),
                facts.statics()));
    }

    @Override
    public int mirrorBytes(Class<?> mirror) {
        return (int) model.align(
                Math.max(describe(Class.class).bytes(), describe(mirror).mirrorEnd()));
    }

    @Override
    public int resolveField(int site, Class<?> holder) {
        classes.sites().stores(site);
        Sites.Target target = classes.sites().target(site);
        Class<?> at = holder;
        while (at != null && target != null && !ClassNames.isNamed(at, target.owner())) {
            at = at.getSuperclass();
        }
        while (at != null && target != null) {
            ClassFacts.Field field = fields.of(at).find(target.name(), false);
            if (field != null) {
                return entry(at, field);
            }
            at = at.getSuperclass();
        }
        return SiteTable.UNKNOWN;
    }

    @Override
    public int resolveStatic(int site, Class<?> holder) {
        classes.sites().stores(site);
        Sites.Target target = classes.sites().target(site);
        if (target == null) {
            return SiteTable.UNKNOWN;
        }
        ClassFacts.Field field = fields.of(holder).find(target.name(), true);
        if (field != null) {
            return entry(holder, field);
        }
        return declaringClass(site, holder) == null ? SiteTable.UNKNOWN : SiteTable.INHERITED;
    }

    @Override
    public @Nullable Class<?> declaringClass(int site, Class<?> holder) {
        Sites.Target target = classes.sites().target(site);
        for (Class<?> at = holder.getSuperclass(); at != null && target != null; at = at.getSuperclass()) {
            if (fields.of(at).find(target.name(), true) != null) {
                return at;
            }
        }
        return null;
    }

    @Override
    public int inheritedOffset(int site, Class<?> declaring) {
        return resolveStatic(site, declaring);
    }

    @Override
    public int nameSite(int site, Class<?> holder, int offset, boolean ofMirror) {
        // An array's class has no statics, and no file: whoever asked for them would report it as one that nobody was
        // told of.
        String field = ofMirror && !holder.isArray() ? fieldAt(holder, true, offset) : null;
        for (Class<?> at = ofMirror ? Class.class : holder; at != null && field == null; at = at.getSuperclass()) {
            field = fieldAt(at, false, offset);
        }
        return field == null ? site : classes.sites().name(site, field);
    }

    private @Nullable String fieldAt(Class<?> declaring, boolean isStatic, int offset) {
        for (ClassFacts.Field field : fields.of(declaring).fields) {
            boolean fits = field.isStatic() == isStatic && field.isReference();
            if (fits && FieldSource.offset(declaring, field.name()) == offset) {
                return ClassNames.of(declaring) + '.' + field.name();
            }
        }
        return null;
    }

    private static int entry(Class<?> declaring, ClassFacts.Field field) {
        int offset = (int) FieldSource.offset(declaring, field.name());
        return offset <= 0 ? SiteTable.UNKNOWN : field.isVolatile() ? offset | SiteTable.SHARED : offset;
    }
}
