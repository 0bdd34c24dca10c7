package jcompose.cli.output;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Scripts for shells that complete jcompose's verbs, their options, the services of the project in
/// the folder, which they ask `jcompose config --services` for, and what management verbs are for,
/// by name.
public final class CompletionScript {
  private final SequencedMap<String, String> verbs;
  private final SequencedMap<String, SequencedMap<String, String>> groups;
  private final SequencedMap<String, List<Flag>> flags;
  private final List<Flag> global;

  /// An option.
  ///
  /// @param value whether a word follows it
  public record Flag(List<String> names, String description, boolean value) {
    public Flag {
      names = List.copyOf(names);
    }
  }

  /// @param verbs with what they do
  /// @param groups verbs behind verbs, with what they do
  /// @param flags by verb, or by two of them with a blank between
  public CompletionScript(
      SequencedMap<String, String> verbs,
      SequencedMap<String, SequencedMap<String, String>> groups,
      SequencedMap<String, List<Flag>> flags,
      List<Flag> global) {
    this.verbs = verbs;
    this.groups = groups;
    this.flags = flags;
    this.global = global;
  }

  /// The words before the verb are passed on, so that `-f` and `-p` count for the services too.
  public String bash() {
    var cases = new StringBuilder();
    flags.forEach(
        (verb, all) -> cases.append("    '%s') flags=\"%s\" ;;\n".formatted(verb, names(all))));
    groups.forEach(
        (group, behind) ->
            cases.append(
                "    '%s') flags=\"%s\" ;;\n".formatted(group, String.join(" ", behind.keySet()))));
    return """
    # bash completion for jcompose
    _jcompose() {
      local word=${COMP_WORDS[COMP_CWORD]} verb= group= flags= i
      local -a before=()
      for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          %s) before+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}"); i=$((i + 1)) ;;
          -*) before+=("${COMP_WORDS[i]}") ;;
          *) verb=${COMP_WORDS[i]}; break ;;
        esac
      done
      case $verb in
        %s)
          group=$verb
          for ((i = i + 1; i < COMP_CWORD; i++)); do
            [[ ${COMP_WORDS[i]} == -* ]] || { verb="$verb ${COMP_WORDS[i]}"; break; }
          done ;;
      esac
      case $verb in
        '')
          case $word in
            -*) flags="%s" ;;
            *) flags="%s" ;;
          esac
          COMPREPLY=($(compgen -W "$flags" -- "$word"))
          return ;;
    %s  esac
      case $word in
        -*) COMPREPLY=($(compgen -W "$flags --help" -- "$word")); return ;;
      esac
      case $group in
        "$verb") COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    %s    *) COMPREPLY=($(compgen -W "$(jcompose "${before[@]}" config --services 2>/dev/null)" -- "$word")) ;;
      esac
    }
    complete -o default -F _jcompose jcompose
    """
        .formatted(
            global.stream()
                .filter(Flag::value)
                .flatMap(it -> it.names().stream())
                .collect(Collectors.joining("|")),
            String.join("|", groups.keySet()),
            names(global),
            String.join(" ", verbs.keySet()),
            cases,
            nameCases());
  }

  private String nameCases() {
    var cases = new StringBuilder();
    for (String group : groups.keySet()) {
      cases.append(
          """
              %s) COMPREPLY=($(compgen -W "$(jcompose "${before[@]}" %s 2>/dev/null)" -- "$word")) ;;
          """
              .formatted(group, names(group)));
    }
    return cases.toString();
  }

  /// The command that prints the names of what a group is for.
  private static String names(String group) {
    return switch (group) {
      case "container" -> "container ls -a --format '{{.Names}}'";
      case "image" -> "image ls --format '{{.Repository}}:{{.Tag}}'";
      case "network", "volume" -> group + " ls --format '{{.Name}}'";
      default -> "config --services";
    };
  }

  private static String names(List<Flag> all) {
    return all.stream().flatMap(it -> it.names().stream()).collect(Collectors.joining(" "));
  }

  public String zsh() {
    var out = new StringBuilder("#compdef jcompose\n# zsh completion for jcompose\n");
    out.append("_jcompose_services() {\n  local -a names\n");
    out.append("  names=(${(f)\"$(jcompose config --services 2>/dev/null)\"})\n");
    out.append("  _describe -t services service names\n}\n");
    zshVerbs(out, "_jcompose_verbs", verbs);
    groups.forEach((group, behind) -> zshGroup(out, group, behind));
    out.append("_jcompose() {\n  local context state line\n  typeset -A opt_args\n");
    out.append("  _arguments -C \\\n").append(zsh(global));
    out.append("    '1:command:_jcompose_verbs' '*::argument:->arguments'\n");
    out.append("  [[ $state == arguments ]] || return\n  case $line[1] in\n");
    flags.forEach(
        (verb, all) -> {
          if (verb.indexOf(' ') < 0) {
            zshCase(out, verb, all, "*:service:_jcompose_services");
          }
        });
    groups
        .keySet()
        .forEach(it -> out.append("    ").append(it).append(") _jcompose_" + it + " ;;\n"));
    // loaded by its name from a folder of fpath, or read with `source`
    return out.append("  esac\n}\n")
        .append("if [[ $funcstack[1] == _jcompose ]]; then _jcompose \"$@\"\n")
        .append("else compdef _jcompose jcompose\nfi\n")
        .toString();
  }

  private static void zshVerbs(
      StringBuilder out, String function, SequencedMap<String, String> verbs) {
    out.append(function).append("() {\n  local -a verbs=(\n");
    verbs.forEach(
        (verb, what) -> out.append("    ").append(quoted(verb + ":" + what)).append('\n'));
    out.append("  )\n  _describe -t commands command verbs\n}\n");
  }

  /// The verbs behind one, each with its flags and the names that it takes.
  private void zshGroup(StringBuilder out, String group, SequencedMap<String, String> behind) {
    String function = "_jcompose_" + group;
    zshVerbs(out, function + "_verbs", behind);
    out.append(function).append("_names() {\n  local -a names\n");
    out.append("  names=(${(f)\"$(jcompose ").append(names(group)).append(" 2>/dev/null)\"})\n");
    out.append("  compadd -a names\n}\n");
    out.append(function).append("() {\n  local context state line\n  typeset -A opt_args\n");
    out.append("  _arguments -C '1:command:").append(function).append("_verbs'");
    out.append(" '*::argument:->arguments'\n");
    out.append("  [[ $state == arguments ]] || return\n  case $line[1] in\n");
    behind
        .keySet()
        .forEach(
            verb ->
                zshCase(
                    out,
                    verb,
                    flags.getOrDefault(group + " " + verb, List.of()),
                    "*:name:" + function + "_names"));
    out.append("  esac\n}\n");
  }

  private static void zshCase(StringBuilder out, String verb, List<Flag> all, String rest) {
    out.append("    ").append(verb).append(") _arguments \\\n").append(zsh(all));
    out.append("      ").append(quoted(rest)).append(" ;;\n");
  }

  private static String zsh(List<Flag> all) {
    var out = new StringBuilder();
    for (Flag flag : all) {
      String what = flag.description().replace("[", "(").replace("]", ")").replace(":", ",");
      for (String name : flag.names()) {
        String end = flag.value() ? ":value:_files" : "";
        out.append("      ").append(quoted(name + "[" + what + "]" + end)).append(" \\\n");
      }
    }
    return out.toString();
  }

  public String fish() {
    var out = new StringBuilder("# fish completion for jcompose\n");
    String none = "not __fish_seen_subcommand_from " + String.join(" ", verbs.keySet());
    verbs.forEach(
        (verb, what) ->
            out.append("complete -c jcompose -f -n ")
                .append(quoted(none))
                .append(" -a ")
                .append(verb)
                .append(" -d ")
                .append(quoted(what))
                .append('\n'));
    global.forEach(it -> out.append(fish(none, it)));
    for (Map.Entry<String, List<Flag>> entry : flags.entrySet()) {
      String here = SEEN + entry.getKey().replace(" ", "; and " + SEEN);
      entry.getValue().forEach(it -> out.append(fish(here, it)));
    }
    groups.forEach((group, behind) -> fishGroup(out, group, behind));
    var services = new LinkedHashSet<>(verbs.keySet());
    services.removeAll(groups.keySet());
    String projects =
        "not "
            + SEEN
            + String.join(" ", groups.keySet())
            + "; and "
            + SEEN
            + String.join(" ", services);
    out.append("complete -c jcompose -n ").append(quoted(projects));
    return out.append(" -a '(jcompose config --services 2>/dev/null)'\n").toString();
  }

  private static final String SEEN = "__fish_seen_subcommand_from ";

  private static void fishGroup(
      StringBuilder out, String group, SequencedMap<String, String> behind) {
    String any = SEEN + String.join(" ", behind.keySet());
    behind.forEach(
        (verb, what) ->
            out.append("complete -c jcompose -f -n ")
                .append(quoted(SEEN + group + "; and not " + any))
                .append(" -a ")
                .append(verb)
                .append(" -d ")
                .append(quoted(what))
                .append('\n'));
    out.append("complete -c jcompose -n ")
        .append(quoted(SEEN + group + "; and " + any))
        .append(" -a ")
        .append(quoted("(jcompose " + names(group) + " 2>/dev/null)"))
        .append('\n');
  }

  private static String fish(String condition, Flag flag) {
    var out = new StringBuilder("complete -c jcompose -n " + quoted(condition));
    for (String name : flag.names()) {
      out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    return out.append(flag.value() ? " -r" : "")
        .append(" -d ")
        .append(quoted(flag.description()))
        .append('\n')
        .toString();
  }

  /// As a shell takes it literally.
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
