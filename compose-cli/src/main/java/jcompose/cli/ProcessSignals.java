package jcompose.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import jcompose.cli.settings.Interrupts;

/// Signals of this process. A shutdown hook would not do: it hears only the first. The JDK's
/// `sun.misc.Signal` (module jdk.unsupported) is called by reflection, because javac's warning
/// about it cannot be switched off and warnings are errors here.
final class ProcessSignals implements Interrupts {
  @Override
  public Registration handle(Runnable handler) {
    return handle(List.of("INT", "TERM"), handler);
  }

  /// Calls the handler for each signal of these names (without SIG) from now on.
  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  static Registration handle(List<String> names, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, signalHandler);
      Object forward =
          Proxy.newProxyInstance(
              signalHandler.getClassLoader(),
              new Class<?>[] {signalHandler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      handler.run();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> "forward to jcompose";
                  });
      var before = new LinkedHashMap<Object, Object>();
      for (String name : names) {
        Object number = signal.getConstructor(String.class).newInstance(name);
        before.put(number, handle.invoke(null, number, forward));
      }
      return () -> before.forEach((number, old) -> restore(handle, number, old));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no sun.misc.Signal", e);
    }
  }

  private static void restore(Method handle, Object signal, Object handler) {
    try {
      handle.invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot give a signal back", e);
    }
  }
}
