package jcompose.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Holds the package map of docs/architecture.md for this module.
@AnalyzeClasses(packages = "jcompose.engine", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("jcompose.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_docker_knows_docker_java =
      noClasses()
          .that()
          .resideOutsideOfPackage("jcompose.engine.docker..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule docker_knows_nothing_of_the_bundled_engine =
      noClasses()
          .that()
          .resideInAPackage("jcompose.engine.docker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jcompose.engine.local..",
              "jcompose.engine.daemon..",
              "jcompose.engine.runtime..",
              "jcompose.engine.host..",
              "jcompose.engine.image..",
              "jcompose.engine.snapshot..",
              "jcompose.engine.network..",
              "jcompose.engine.volume..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule parsing_a_dockerfile_is_pure =
      noClasses()
          .that()
          .resideInAPackage("jcompose.engine.dockerfile..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.net..", "jcompose.engine.host..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_api_is_the_top =
      noClasses()
          .that()
          .resideOutsideOfPackages("jcompose.engine.daemon..", "jcompose.engine.bundled..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jcompose.engine.daemon..");

  @ArchTest
  static final ArchRule nothing_here_knows_the_command_line =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("jcompose.cli..", "picocli..");

  @ArchTest
  static final ArchRule nothing_here_prints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
