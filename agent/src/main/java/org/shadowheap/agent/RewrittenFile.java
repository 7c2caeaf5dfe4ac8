package org.shadowheap.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shadowheap.instrument.RewrittenClasses;

/**
 * The file in which an agent leaves the classes of a JDK, as it has rewritten them, to later runs of the same agent with the same JDK.
 *
 * <p>They are code of {@code java.base}. So the file is used only if it belongs to the user, as does its folder, and nobody else may
 * write to either. Where there is no such folder, or anything else is wrong, there is none, and nothing is said: classes are rewritten then.
 */
final class RewrittenFile {

    private static final String FORMAT = "1";
    private static final String SUFFIX = ".rewritten";
    private static final long MOST_BYTES = 32 << 20;

    /** Of the Java heap that is left: a file, and what is made of it, take some 50 MB at most. Where there is less there is no file. */
    private static final long LEAST_HEAP_BYTES = 192L << 20;

    /** A fresh file that is older was left by a run that was killed. */
    private static final long LEFT_MILLIS = 3_600_000;

    /** Of other agents and JDKs. */
    private static final int MOST_FILES = 8;

    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** The JDK's classes. */
    private static final File IMAGE = new File(System.getProperty("java.home"), "lib" + File.separator + "modules");

    private final Path folder;
    private final boolean isAskedFor;
    private final Path file;
    private final String identity;

    private RewrittenFile(Path folder, boolean isAskedFor, String identity) {
        this.folder = folder;
        this.isAskedFor = isAskedFor;
        this.identity = identity;
        this.file = folder.resolve(Integer.toHexString(identity.hashCode()) + SUFFIX);
    }

    /**
     * The file of this JVM and this agent.
     *
     * @param folder where it lies, empty for the user's cache
     * @param agent a checksum of the agent's classes
     * @return null if there is no place for it, or little memory
     */
    static @Nullable RewrittenFile in(String folder, long agent) {
        Runtime jvm = Runtime.getRuntime();
        return in(folder, agent, jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory()));
    }

    /** As {@link #in(String, long)}, with so many bytes of the Java heap left. */
    static @Nullable RewrittenFile in(String folder, long agent, long leftBytes) {
        if (leftBytes < LEAST_HEAP_BYTES) {
            return null;
        }
        try {
            String chosen = folder.isEmpty() ? ofUser() : folder;
            return chosen == null || !IMAGE.isFile()
                    ? null
                    : new RewrittenFile(Path.of(chosen), !folder.isEmpty(), identity(agent));
        } catch (RuntimeException noPath) {
            return null;
        }
    }

    private static @Nullable String ofUser() {
        String home = System.getProperty("user.home", "");
        return new File(home).isAbsolute() && new File(home).isDirectory()
                ? home + File.separator + ".cache" + File.separator + "shadowheap"
                : null;
    }

    private static String identity(long agent) {
        // By size and time, as the JVM itself judges whether its archive of classes is of this image.
        String identity = FORMAT + ' ' + Long.toHexString(agent) + ' ' + IMAGE.length() + ' ' + IMAGE.lastModified();
        for (String property :
                new String[] {"java.vm.vendor", "java.vm.name", "java.vm.version", "os.arch", "java.home"}) {
            identity = identity.concat("\n").concat(System.getProperty(property, ""));
        }
        return identity;
    }

    Path folder() {
        return folder;
    }

    /** Whether the user has named the folder. */
    boolean isAskedFor() {
        return isAskedFor;
    }

    /** What an earlier run has left, or nothing. */
    RewrittenClasses read() {
        try {
            return RewrittenClasses.of(bytes(), identity);
        } catch (Throwable unusable) {
            return RewrittenClasses.of(null, identity);
        }
    }

    /** What the file holds; null if there is none, or somebody else might have written it. */
    byte @Nullable [] bytes() {
        File there = file.toFile();
        try {
            if (!there.isFile() || there.length() > MOST_BYTES || !isOurs(folder) || !isOurs(file)) {
                return null;
            }
            try (FileInputStream in = new FileInputStream(there)) {
                return in.readAllBytes();
            }
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    /** Leaves these to later runs, whole or not at all. Returns whether later runs will find them. */
    boolean write(RewrittenClasses classes) {
        try {
            Files.createDirectories(folder, accessible("rwx------"));
            if (!isOurs(folder)) {
                return false;
            }
            Path fresh = folder.resolve(file.getFileName() + "." + System.nanoTime());
            Files.createFile(fresh, accessible("rw-------")); // if there is one it is another JVM's, and stays
            try {
                if (!isOurs(fresh)) {
                    return false; // it would not be read
                }
                byte[] bytes = classes.toBytes(identity);
                if (bytes.length > MOST_BYTES) {
                    return false;
                }
                Files.write(fresh, bytes);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
            forgetOthers();
            return true;
        } catch (Throwable unwritable) {
            return false; // the next run rewrites, too
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] accessible(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether a file or folder is the user's, and nobody else may write to it. */
    private boolean isOurs(Path path) throws IOException {
        if (!isPosix()) {
            return !isAskedFor; // it is in the user's folder, whose rights it has inherited
        }
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        for (PosixFilePermission each : OF_OTHERS) {
            if (attributes.permissions().contains(each)) {
                return false;
            }
        }
        return attributes.owner().getName().equals(System.getProperty("user.name"));
    }

    private void forgetOthers() {
        long longAgo = System.currentTimeMillis() - LEFT_MILLIS;
        File[] left = folder.toFile().listFiles((in, name) -> name.contains(SUFFIX + "."));
        for (File each : left == null ? new File[0] : left) {
            if (each.lastModified() < longAgo && !each.delete()) {
                return;
            }
        }
        File[] all = folder.toFile().listFiles((in, name) -> name.endsWith(SUFFIX));
        if (all != null && all.length > MOST_FILES) {
            Arrays.sort(all, Comparator.comparingLong(File::lastModified));
            for (int i = 0; i < all.length - MOST_FILES; i++) {
                if (!all[i].delete()) {
                    return;
                }
            }
        }
    }
}
