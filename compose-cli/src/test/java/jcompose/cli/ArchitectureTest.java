package jcompose.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Holds the package map of docs/architecture.md for this module.
@AnalyzeClasses(packages = "jcompose.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule only_main_ends_the_process_or_reads_the_environment =
      noClasses()
          .that()
          .haveNameNotMatching(
              "jcompose\\.cli\\.(Main|warm\\.WarmProcess).*|jcompose\\.cli\\.training\\..*")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule commands_do_not_reach_through_to_docker_java =
      noClasses().should().dependOnClassesThat().resideInAPackage("com.github.dockerjava..");
}
