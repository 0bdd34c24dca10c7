package jcompose.cli.warm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jcompose.cli.settings.Interrupts;
import jcompose.cli.settings.Terminal;

/// The caller's terminal.
final class RelayedTerminal implements Terminal.Control {
  private final Replies replies;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Terminal.Size size = Terminal.Size.USUAL;

  RelayedTerminal(Replies replies) {
    this.replies = replies;
  }

  void resized(Frame.WindowSize now) {
    size = Terminal.Size.of(now.columns(), now.rows());
    listeners.forEach(Runnable::run);
  }

  @Override
  public Terminal.Size size() {
    return size;
  }

  @Override
  public Interrupts.Registration raw() {
    try {
      replies.say(Replies.RAW, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this::cooked;
  }

  private void cooked() {
    try {
      replies.say(Replies.COOKED, 0);
    } catch (IOException e) {
      // the caller restored its terminal when it went
    }
  }

  @Override
  public Interrupts.Registration onResize(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
