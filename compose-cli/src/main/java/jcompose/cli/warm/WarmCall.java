package jcompose.cli.warm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import jcompose.cli.command.Cli;
import jcompose.cli.settings.Invocation;
import jcompose.cli.settings.Terminal;

/// One command, from the connection of its caller to its exit status. The thread that calls
/// [#serve] hears the caller; the command has a thread of its own, which is interrupted when the
/// caller goes or is to die of a signal.
final class WarmCall {
  private final SocketChannel caller;
  private final Replies replies;
  private final RelayedInput input;
  private final RelayedSignals signals = new RelayedSignals();
  private final RelayedTerminal terminal;

  WarmCall(SocketChannel caller) {
    this.caller = caller;
    this.replies = new Replies(caller);
    this.input = new RelayedInput(replies);
    this.terminal = new RelayedTerminal(replies);
  }

  /// Returns when the command has ended.
  ///
  /// @throws IOException when what the caller says is not of the protocol
  void serve() throws IOException {
    try (caller) {
      var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(caller)));
      Frame first = Frame.read(in);
      if (first instanceof Frame.WindowSize size) {
        terminal.resized(size);
        first = Frame.read(in);
      }
      if (!(first instanceof Frame.Call(CallText call))) {
        throw new IOException("a caller that begins with " + first);
      }
      if (call.wantsOwnProcess()) {
        replies.say(Replies.REFUSED, 0);
        return;
      }
      replies.say(Replies.ACCEPTED, 0);
      Thread command = Thread.ofPlatform().name("command").start(() -> run(call));
      try {
        listen(in, command);
      } finally {
        replies.end();
        input.ended();
        command.interrupt();
        join(command);
      }
    }
  }

  private void listen(DataInputStream in, Thread command) {
    try {
      while (true) {
        switch (Frame.read(in)) {
          case Frame.Input it -> input.arrived(it.data());
          case Frame.WindowSize it -> terminal.resized(it);
          case Frame.Call _ -> throw new IOException("a second call");
          case Frame.Signal it -> {
            if (!signals.arrived(it.number())) {
              replies.say(Replies.DIE, it.number());
              command.interrupt();
            }
          }
        }
      }
    } catch (IOException e) {
      // the caller has gone: killed, or told how the command ended
    }
  }

  private void run(CallText call) {
    int status = 1;
    var output = stream(Replies.OUTPUT);
    var error = stream(Replies.ERROR);
    try {
      var streams = call.terminals();
      var invocation =
          new Invocation(
              call.environment(),
              call.folder(),
              input,
              output,
              error,
              new Terminal(streams.get(0), streams.get(1), streams.get(2), terminal),
              signals);
      status = Cli.run(call.arguments(), invocation);
    } catch (RuntimeException | Error e) {
      error.println("jcompose failed unexpectedly: " + e);
    }
    output.flush();
    error.flush();
    try {
      replies.say(Replies.EXIT, status & 0xff);
    } catch (IOException e) {
      // no one is left to be told
    }
  }

  private PrintStream stream(char type) {
    return new PrintStream(replies.stream(type), true, StandardCharsets.UTF_8);
  }

  private static void join(Thread command) {
    try {
      command.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
