package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.shadowheap.event.SiteDefinition;

/** Second pass over a class file: wraps the methods that need a barrier, and collects their sites. */
final class ClassRewriter extends ClassVisitor {

    /** The sites in the order of the code, with numbers from the first one given. */
    final List<SiteDefinition> sites = new ArrayList<>();

    /** What each site stores to, null for array elements. */
    final List<Sites.@Nullable Target> targets = new ArrayList<>();

    /** What was rewritten, in the order of the file. */
    final List<Method> methods = new ArrayList<>();

    private final ClassScan scan;
    private final List<Integer> locals;
    private final Set<Integer> subroutines;
    private final Set<Integer> branching;
    private final Set<Integer> left;
    private final Set<Integer> shortened;
    private final int firstSite;
    private final int mostSites;
    private final boolean sharesArrays;
    private String className = "";
    private String binaryName = "";
    private String[] interfaces = {};
    private boolean loadsClasses;
    private boolean hasFrames;

    /** Whether one call may tell of several stores. */
    private boolean gathers;

    private boolean wantsExpandedFrames;
    private int leftOut;
    private int method;

    /**
     * A method that was rewritten.
     *
     * @param index its number in the order of the file
     * @param isHooked whether the agent cannot do without the calls in it
     */
    record Method(int index, String name, String descriptor, boolean isHooked, MethodRewriter code) {}

    /**
     * @param left numbers of methods that stay as they are
     * @param shortened numbers of methods in which little room is to be taken
     */
    ClassRewriter(ClassVisitor next, ClassScan scan, int firstSite, Set<Integer> left, Set<Integer> shortened) {
        super(Opcodes.ASM9, next);
        this.scan = scan;
        this.locals = scan.locals;
        this.subroutines = scan.subroutines;
        this.branching = scan.branching;
        this.left = left;
        this.shortened = shortened;
        this.firstSite = firstSite;
        this.mostSites = scan.sites();
        this.sharesArrays = scan.sharesArrays();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name;
        binaryName = SharedStrings.of(ClassScan.binaryName(name));
        this.interfaces = interfaces;
        // Before 49 no instruction loads a class constant.
        loadsClasses = (version & 0xffff) >= Opcodes.V1_5;
        hasFrames = (version & 0xffff) >= Opcodes.V1_6;
        // A jump is known by its frame, which older files may lack. A collector reads referents in ways of its own.
        gathers = (version & 0xffff) >= Opcodes.V1_7 && !name.equals("java/lang/ref/Reference");
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        int index = method++;
        int maxLocals = locals.get(index);
        if (maxLocals < 0 || left.contains(index)) {
            return next;
        }
        MethodRewriter rewriter = new MethodRewriter(
                next, this, className, name, maxLocals, loadsClasses, sharesArrays, shortened.contains(index));
        methods.add(new Method(
                index, name, descriptor, ClassScan.isHooked(className, interfaces, name, descriptor), rewriter));
        if (HiddenClassHook.isFor(interfaces, name, descriptor)) {
            return new HiddenClassHook(rewriter);
        }
        if (DefinitionHook.isFor(className, name)) {
            return new DefinitionHook(rewriter);
        }
        if (LinkageHook.isFor(className, name)) {
            return new LinkageHook(rewriter, descriptor);
        }
        MethodVisitor first =
                gathers && !branching.contains(index) ? new StoreGatherer(rewriter, className, scan) : rewriter;
        // The analyzer refuses subroutines; version 50 may have them, then the JVM's older verifier judges the class.
        if (!name.equals("<init>") || !hasFrames || subroutines.contains(index)) {
            return first;
        }
        AnalyzerAdapter stack = new AnalyzerAdapter(className, access, name, descriptor, first);
        MethodVisitor constructor =
                new ConstructorAnalysis(stack, first, rewriter, branching.contains(index), new ExpandedFrames());
        return ThreadHook.isFor(className, name, descriptor) ? new ThreadHook(constructor) : constructor;
    }

    private final class ExpandedFrames implements Runnable {
        @Override
        public void run() {
            wantsExpandedFrames = true;
        }
    }

    /** Whether this was for nothing, because the frames were not expanded. */
    boolean wantsExpandedFrames() {
        return wantsExpandedFrames;
    }

    /** A static store that cannot be told of, because the class file is too old. */
    void leaveOut() {
        leftOut++;
    }

    /** How many static stores were left out. */
    int leftOut() {
        return leftOut;
    }

    /** The field that an instruction stores to. */
    static Sites.Target target(String owner, String name) {
        return new Sites.Target(SharedStrings.of(ClassScan.binaryName(owner)), SharedStrings.of(name));
    }

    /** Numbers a site. */
    int site(String methodName, int line, Sites.@Nullable Target target) {
        if (sites.size() == mostSites) {
            throw new IllegalStateException("more sites than were counted: sites=" + mostSites);
        }
        int id = firstSite + sites.size();
        String field = target == null ? null : SharedStrings.of(target.owner() + '.' + target.name());
        sites.add(new SiteDefinition(id, binaryName, SharedStrings.of(methodName), line, field));
        targets.add(target);
        return id;
    }
}
