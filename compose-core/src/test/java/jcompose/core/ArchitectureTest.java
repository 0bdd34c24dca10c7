package jcompose.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Holds the package map of docs/architecture.md for this module.
@AnalyzeClasses(packages = "jcompose.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("jcompose.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_yaml_knows_snakeyaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("jcompose.core.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml..");

  @ArchTest
  static final ArchRule core_knows_no_engine_and_no_command_line =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jcompose.engine..",
              "jcompose.cli..",
              "com.github.dockerjava..",
              "com.fasterxml..",
              "picocli..");

  @ArchTest
  static final ArchRule planning_is_pure =
      classes()
          .that()
          .resideInAPackage("jcompose.core.planning..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "jcompose.core.planning..",
              "jcompose.core.model..",
              "jcompose.core.graph..",
              "jcompose.core.conversion..",
              "jcompose.core.resource..",
              "jcompose.core.source..",
              "java.lang..",
              "java.util..",
              "java.time..",
              "java.nio.file..",
              "io.vavr..",
              "org.jspecify..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule planning_reads_no_clock =
      noClasses()
          .that()
          .resideInAPackage("jcompose.core.planning..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_engine_port_knows_only_its_values =
      classes()
          .that()
          .resideInAPackage("jcompose.core.engine..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "jcompose.core.engine..",
              "jcompose.core.resource..",
              "jcompose.core.progress..",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule nothing_here_prints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
