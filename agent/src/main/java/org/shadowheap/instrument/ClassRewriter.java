package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;
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

    private final List<Integer> locals;
    private final int firstSite;
    private final int mostSites;
    private final boolean sharesArrays;
    private String className = "";
    private String[] interfaces = {};
    private boolean loadsClasses;
    private boolean hasFrames;
    private int leftOut;
    private int method;

    ClassRewriter(ClassVisitor next, ClassScan scan, int firstSite) {
        super(Opcodes.ASM9, next);
        this.locals = scan.locals;
        this.firstSite = firstSite;
        this.mostSites = scan.sites();
        this.sharesArrays = scan.sharesArrays();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name;
        this.interfaces = interfaces;
        // Before 49 no instruction loads a class constant.
        loadsClasses = (version & 0xffff) >= Opcodes.V1_5;
        hasFrames = (version & 0xffff) >= Opcodes.V1_6;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        int maxLocals = locals.get(method++);
        if (maxLocals < 0) {
            return next;
        }
        MethodRewriter rewriter =
                new MethodRewriter(next, this, className, name, maxLocals, loadsClasses, sharesArrays);
        if (HiddenClassHook.isFor(interfaces, name, descriptor)) {
            return new HiddenClassHook(rewriter);
        }
        if (LinkageHook.isFor(className, name)) {
            return new LinkageHook(rewriter, descriptor);
        }
        if (!name.equals("<init>") || !hasFrames) {
            return rewriter;
        }
        AnalyzerAdapter stack = new AnalyzerAdapter(className, access, name, descriptor, rewriter);
        rewriter.follow(stack);
        return stack;
    }

    /** A static store that cannot be told of, because the class file is too old. */
    void leaveOut() {
        leftOut++;
    }

    /** How many static stores were left out. */
    int leftOut() {
        return leftOut;
    }

    /** Numbers a site. */
    int site(String methodName, int line, Sites.@Nullable Target target) {
        if (sites.size() == mostSites) {
            throw new IllegalStateException("more sites than were counted: sites=" + mostSites);
        }
        int id = firstSite + sites.size();
        String field = target == null ? null : target.owner() + '.' + target.name();
        sites.add(new SiteDefinition(id, ClassScan.binaryName(className), methodName, line, field));
        targets.add(target);
        return id;
    }
}
