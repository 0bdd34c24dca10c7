package jcompose.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import jcompose.engine.dockerfile.Instruction.Origin;
import jcompose.engine.dockerfile.Instruction.Transfer;

/// One logical line to one instruction.
final class InstructionParser {
  private static final List<String> KEYWORDS =
      List.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");
  private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

  private final char escape;

  InstructionParser(char escape) {
    this.escape = escape;
  }

  Instruction parse(LogicalLine line) {
    return parse(line, 0, new Origin(line.range(), line.text()));
  }

  private Instruction parse(LogicalLine line, int from, Origin origin) {
    String text = line.text();
    int end = from;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String written = text.substring(from, end);
    String keyword = written.toUpperCase(Locale.ROOT);
    if (!KEYWORDS.contains(keyword)) {
      Optional<String> meant = Spelling.hint(keyword, KEYWORDS);
      throw line.error(
          "unknown-instruction",
          line.range(from, end),
          "unknown instruction: "
              + written
              + meant.map(it -> " (did you mean " + it + "?)").orElse(""));
    }
    Flags flags = Flags.read(text, end, escape);
    var arguments = new Arguments(line, keyword, flags, text.substring(flags.end()));
    if (arguments.rest.isEmpty() && !keyword.equals("CMD") && !keyword.equals("ENTRYPOINT")) {
      throw line.error(
          "missing-arguments",
          keyword.equals("ENV") || keyword.equals("ARG") || keyword.equals("LABEL")
              ? keyword + " requires at least one argument"
              : keyword.equals("FROM") || keyword.equals("WORKDIR") || keyword.equals("USER")
                  ? keyword
                      + " requires "
                      + (keyword.equals("FROM")
                          ? "either one or three arguments"
                          : "exactly one argument")
                  : keyword + " requires at least one argument");
    }
    return switch (keyword) {
      case "FROM" -> from(arguments, origin);
      case "ARG" -> arg(arguments, origin);
      case "ENV" -> pairs(arguments, origin, Instruction.Env::new);
      case "LABEL" -> pairs(arguments, origin, Instruction.Label::new);
      case "RUN" -> run(arguments, origin);
      case "COPY" -> copy(arguments, origin);
      case "ADD" -> add(arguments, origin);
      case "WORKDIR" -> new Instruction.Workdir(origin, arguments.withoutFlags().rest);
      case "USER" -> new Instruction.User(origin, arguments.withoutFlags().rest);
      case "CMD" -> new Instruction.Cmd(origin, command(arguments.withoutFlags()));
      case "ENTRYPOINT" -> new Instruction.Entrypoint(origin, command(arguments.withoutFlags()));
      case "EXPOSE" -> new Instruction.Expose(origin, arguments.withoutFlags().blankSeparated());
      case "VOLUME" -> volume(arguments.withoutFlags(), origin);
      case "SHELL" -> shell(arguments.withoutFlags(), origin);
      case "STOPSIGNAL" -> stopSignal(arguments.withoutFlags(), origin);
      case "HEALTHCHECK" -> HealthcheckParser.parse(arguments, origin);
      case "ONBUILD" -> onbuild(arguments, origin, flags.end());
      case "MAINTAINER" -> new Instruction.Maintainer(origin, arguments.withoutFlags().rest);
      default -> throw new IllegalStateException("keyword without a parser: " + keyword);
    };
  }

  /// What stands behind an instruction's name.
  record Arguments(LogicalLine line, String keyword, Flags flags, String rest) {
    FlagReader flagReader(List<String> single, List<String> repeated) {
      return new FlagReader(line, flags, keyword, single, repeated);
    }

    Arguments withoutFlags() {
      var _ = flagReader(List.of(), List.of());
      return this;
    }

    List<String> blankSeparated() {
      return List.of(rest.split("\\s+"));
    }

    List<String> words() {
      return JsonWords.parse(rest).orElseGet(this::blankSeparated);
    }

    DockerfileException error(String code, String message, String... hints) {
      return line.error(code, message, hints);
    }
  }

  private static Instruction from(Arguments arguments, Origin origin) {
    FlagReader flags = arguments.flagReader(List.of("platform"), List.of());
    List<String> words = arguments.blankSeparated();
    Optional<String> name = Optional.empty();
    if (words.size() == 3 && words.get(1).equalsIgnoreCase("as")) {
      String stage = words.get(2).toLowerCase(Locale.ROOT);
      if (!STAGE_NAME.matcher(stage).matches()) {
        throw arguments.error(
            "invalid-stage-name",
            "invalid name for build stage: \""
                + words.get(2)
                + "\", name can't start with a number or contain symbols");
      }
      name = Optional.of(stage);
    } else if (words.size() != 1) {
      throw arguments.error(
          "invalid-from",
          "FROM requires either one or three arguments",
          "write FROM image, or FROM image AS name");
    }
    return new Instruction.From(origin, words.getFirst(), flags.text("platform"), name);
  }

  private Instruction arg(Arguments arguments, Origin origin) {
    var definitions = new ArrayList<Instruction.Arg.Definition>();
    for (String word : RawWords.split(arguments.withoutFlags().rest, escape)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.isEmpty()) {
        throw arguments.error("blank-name", "ARG names can not be blank");
      }
      definitions.add(
          new Instruction.Arg.Definition(
              name, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1))));
    }
    return new Instruction.Arg(origin, definitions);
  }

  private Instruction pairs(
      Arguments arguments,
      Origin origin,
      BiFunction<Origin, List<KeyValue>, Instruction> instruction) {
    String keyword = arguments.keyword;
    List<String> words = RawWords.split(arguments.withoutFlags().rest, escape);
    var pairs = new ArrayList<KeyValue>();
    if (!words.getFirst().contains("=")) {
      String[] legacy = arguments.rest.split("\\s+", 2);
      if (legacy.length < 2) {
        throw arguments.error(
            "missing-value",
            keyword + " must have two arguments",
            "write " + keyword + " " + legacy[0] + "=value");
      }
      pairs.add(new KeyValue(legacy[0], legacy[1]));
      return instruction.apply(origin, pairs);
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw arguments.error(
            "missing-equals",
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value",
            "put quotes around a value with blanks");
      }
      if (equals == 0) {
        throw arguments.error("blank-name", keyword + " names can not be blank");
      }
      pairs.add(new KeyValue(word.substring(0, equals), word.substring(equals + 1)));
    }
    return instruction.apply(origin, pairs);
  }

  private Instruction run(Arguments arguments, Origin origin) {
    FlagReader flags =
        arguments.flagReader(List.of("network", "security"), List.of("mount", "device"));
    if (!flags.all("device").isEmpty()) {
      throw arguments.error("unsupported-flag", "RUN --device is not supported by this builder");
    }
    flags
        .text("network")
        .filter(it -> !List.of("default", "none", "host").contains(it))
        .ifPresent(
            it -> {
              throw arguments.error(
                  "invalid-network", "invalid network mode \"" + it + "\": default, none or host");
            });
    flags
        .text("security")
        .filter(it -> !List.of("sandbox", "insecure").contains(it))
        .ifPresent(
            it -> {
              throw arguments.error(
                  "invalid-security", "security \"" + it + "\" is not valid: sandbox or insecure");
            });
    List<Heredoc> documents = arguments.line.documents();
    Command command =
        documents.isEmpty() ? command(arguments) : heredocCommand(arguments, documents);
    return new Instruction.Run(
        origin, command, flags.all("mount"), flags.text("network"), flags.text("security"));
  }

  /// A lone heredoc is the script itself; otherwise the shell reads the documents as its own.
  private static Command heredocCommand(Arguments arguments, List<Heredoc> documents) {
    if (documents.size() == 1 && HeredocMark.of(arguments.rest) != null) {
      Heredoc document = documents.getFirst();
      return document.content().startsWith("#!")
          ? new Command.Script(document)
          : new Command.Shell(document.content());
    }
    var line = new StringBuilder(arguments.rest);
    for (Heredoc document : documents) {
      line.append('\n').append(document.content()).append(document.name());
    }
    return new Command.Shell(line.append('\n').toString());
  }

  private static Command command(Arguments arguments) {
    return JsonWords.parse(arguments.rest)
        .<Command>map(Command.Exec::new)
        .orElseGet(() -> new Command.Shell(arguments.rest));
  }

  private static Instruction copy(Arguments arguments, Origin origin) {
    FlagReader flags =
        arguments.flagReader(
            List.of("from", "chown", "chmod", "link", "parents"), List.of("exclude"));
    return new Instruction.Copy(origin, transfer(arguments, flags), flags.text("from"));
  }

  private static Instruction add(Arguments arguments, Origin origin) {
    FlagReader flags =
        arguments.flagReader(
            List.of("chown", "chmod", "link", "keep-git-dir", "checksum", "unpack"),
            List.of("exclude"));
    return new Instruction.Add(
        origin,
        transfer(arguments, flags),
        flags.text("checksum"),
        flags.bool("keep-git-dir").orElse(false),
        flags.bool("unpack"));
  }

  private static Transfer transfer(Arguments arguments, FlagReader flags) {
    List<String> words = arguments.words();
    if (words.size() < 2) {
      throw arguments.error(
          "missing-arguments",
          arguments.keyword
              + " requires at least two arguments, but only "
              + (words.size() == 1 ? "one was" : "none were")
              + " provided. Destination could not be determined",
          "write " + arguments.keyword + " source… destination");
    }
    var sources = new ArrayList<String>();
    int documents = 0;
    for (String word : words.subList(0, words.size() - 1)) {
      if (!arguments.line.documents().isEmpty() && HeredocMark.of(word) != null) {
        documents++;
      } else {
        sources.add(word);
      }
    }
    if (documents < arguments.line.documents().size()) {
      throw arguments.error(
          "heredoc-destination", arguments.keyword + " cannot accept a heredoc as a destination");
    }
    return new Transfer(
        sources,
        arguments.line.documents(),
        words.getLast(),
        flags.text("chown"),
        flags.text("chmod"),
        flags.bool("link").orElse(false),
        arguments.keyword.equals("COPY") && flags.bool("parents").orElse(false),
        flags.all("exclude"));
  }

  private static Instruction volume(Arguments arguments, Origin origin) {
    List<String> paths = arguments.words();
    if (paths.stream().anyMatch(String::isBlank)) {
      throw arguments.error("blank-volume", "VOLUME specified can not be an empty string");
    }
    return new Instruction.Volume(origin, paths);
  }

  private static Instruction shell(Arguments arguments, Origin origin) {
    List<String> words =
        JsonWords.parse(arguments.rest)
            .orElseThrow(
                () ->
                    arguments.error(
                        "shell-form",
                        "SHELL requires the arguments to be in JSON form",
                        "for example SHELL [\"/bin/sh\", \"-c\"]"));
    if (words.isEmpty()) {
      throw arguments.error("missing-arguments", "SHELL requires at least one argument");
    }
    return new Instruction.Shell(origin, words);
  }

  private static Instruction stopSignal(Arguments arguments, Origin origin) {
    List<String> words = arguments.blankSeparated();
    if (words.size() != 1) {
      throw arguments.error("invalid-stopsignal", "STOPSIGNAL requires exactly one argument");
    }
    return new Instruction.StopSignal(origin, words.getFirst());
  }

  private Instruction onbuild(Arguments arguments, Origin origin, int triggerStart) {
    Instruction trigger = parse(arguments.withoutFlags().line, triggerStart, origin);
    return switch (trigger) {
      case Instruction.Onbuild _ ->
          throw arguments.error(
              "chained-onbuild", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
      case Instruction.From _ ->
          throw arguments.error("onbuild-from", "FROM isn't allowed as an ONBUILD trigger");
      case Instruction.Maintainer _ ->
          throw arguments.error(
              "onbuild-maintainer", "MAINTAINER isn't allowed as an ONBUILD trigger");
      default -> {
        var text = new StringBuilder(arguments.rest);
        for (Heredoc document : arguments.line.documents()) {
          text.append('\n').append(document.content()).append(document.name());
        }
        yield new Instruction.Onbuild(origin, text.toString());
      }
    };
  }
}
