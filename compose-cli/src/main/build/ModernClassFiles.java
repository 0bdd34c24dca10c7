import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Rewrites a jar in place so that classes of a version before 50, which an AOT cache cannot hold, get a
/// current one with the stack maps that it asks for: `java ModernClassFiles.java JAR...`. picocli's
/// classes are the reason: kept out of the cache they cost a tenth of a second at every start.
class ModernClassFiles {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int JAVA_17 = 61;

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      rewrite(Path.of(jar));
    }
  }

  private static void rewrite(Path jar) throws IOException {
    Path beside = jar.resolveSibling(jar.getFileName() + ".new");
    boolean changed = false;
    try (var in = new JarFile(jar.toFile());
        var out = new JarOutputStream(Files.newOutputStream(beside))) {
      var resolver =
          ClassHierarchyResolver.ofResourceParsing(
                  name -> {
                    String file = name.packageName().replace('.', '/') + "/" + name.displayName() + ".class";
                    try {
                      JarEntry entry = in.getJarEntry(file);
                      return entry == null ? null : in.getInputStream(entry);
                    } catch (IOException e) {
                      return null;
                    }
                  })
              .orElse(ClassHierarchyResolver.defaultResolver());
      var classFile =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(resolver));
      for (JarEntry entry : in.stream().toList()) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class")) {
          ClassModel model = classFile.parse(bytes);
          if (model.majorVersion() < FIRST_WITH_STACK_MAPS) {
            bytes = classFile.transformClass(model, versioned());
            changed = true;
          }
        }
        var copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(bytes);
        out.closeEntry();
      }
    }
    if (changed) {
      Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(beside);
    }
  }

  private static ClassTransform versioned() {
    ClassTransform version =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion old -> builder.withVersion(JAVA_17, 0);
            case ClassElement other -> builder.with(other);
          }
        };
    // Bodies are taken apart and put together again: only then are their stack maps made.
    return ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element)).andThen(version);
  }
}
