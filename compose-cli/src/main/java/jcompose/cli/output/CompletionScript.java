package jcompose.cli.output;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Scripts for shells that complete jcompose's verbs, their options, and the services of the
/// project in the folder, which they ask `jcompose config --services` for.
public final class CompletionScript {
  private final SequencedMap<String, String> verbs;
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
  /// @param flags by verb
  public CompletionScript(
      SequencedMap<String, String> verbs,
      SequencedMap<String, List<Flag>> flags,
      List<Flag> global) {
    this.verbs = verbs;
    this.flags = flags;
    this.global = global;
  }

  /// The words before the verb are passed on, so that `-f` and `-p` count for the services too.
  public String bash() {
    var cases = new StringBuilder();
    flags.forEach(
        (verb, all) -> cases.append("    %s) flags=\"%s\" ;;\n".formatted(verb, names(all))));
    return """
    # bash completion for jcompose
    _jcompose() {
      local word=${COMP_WORDS[COMP_CWORD]} verb= flags= i
      local -a before=()
      for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          %s) before+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}"); i=$((i + 1)) ;;
          -*) before+=("${COMP_WORDS[i]}") ;;
          *) verb=${COMP_WORDS[i]}; break ;;
        esac
      done
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
        -*) COMPREPLY=($(compgen -W "$flags --help" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "$(jcompose "${before[@]}" config --services 2>/dev/null)" -- "$word")) ;;
      esac
    }
    complete -o default -F _jcompose jcompose
    """
        .formatted(
            global.stream()
                .filter(Flag::value)
                .flatMap(it -> it.names().stream())
                .collect(Collectors.joining("|")),
            names(global),
            String.join(" ", verbs.keySet()),
            cases);
  }

  private static String names(List<Flag> all) {
    return all.stream().flatMap(it -> it.names().stream()).collect(Collectors.joining(" "));
  }

  public String zsh() {
    var out = new StringBuilder("#compdef jcompose\n# zsh completion for jcompose\n");
    out.append("_jcompose_services() {\n  local -a names\n");
    out.append("  names=(${(f)\"$(jcompose config --services 2>/dev/null)\"})\n");
    out.append("  _describe -t services service names\n}\n");
    out.append("_jcompose_verbs() {\n  local -a verbs=(\n");
    verbs.forEach(
        (verb, what) -> out.append("    ").append(quoted(verb + ":" + what)).append('\n'));
    out.append("  )\n  _describe -t commands command verbs\n}\n");
    out.append("_jcompose() {\n  local context state line\n  typeset -A opt_args\n");
    out.append("  _arguments -C \\\n").append(zsh(global));
    out.append("    '1:command:_jcompose_verbs' '*::argument:->arguments'\n");
    out.append("  [[ $state == arguments ]] || return\n  case $line[1] in\n");
    flags.forEach(
        (verb, all) ->
            out.append("    ")
                .append(verb)
                .append(") _arguments \\\n")
                .append(zsh(all))
                .append("      '*:service:_jcompose_services' ;;\n"));
    // loaded by its name from a folder of fpath, or read with `source`
    return out.append("  esac\n}\n")
        .append("if [[ $funcstack[1] == _jcompose ]]; then _jcompose \"$@\"\n")
        .append("else compdef _jcompose jcompose\nfi\n")
        .toString();
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
      String here = "__fish_seen_subcommand_from " + entry.getKey();
      entry.getValue().forEach(it -> out.append(fish(here, it)));
    }
    out.append("complete -c jcompose -n ").append(quoted(none.substring("not ".length())));
    return out.append(" -a '(jcompose config --services 2>/dev/null)'\n").toString();
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
