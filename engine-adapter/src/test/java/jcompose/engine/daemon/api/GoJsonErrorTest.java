package jcompose.engine.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoJsonErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Env":5}                  | json: cannot unmarshal number into Go struct field Env of type []string
          {"Tty":"yes"}              | json: cannot unmarshal string into Go struct field Tty of type bool
          {"HostConfig":{"Memory":{}}} | json: cannot unmarshal object into Go struct field HostConfig.Memory of type int64
          {"Tty":                    | unexpected EOF
          """)
  void wrong_types_are_told_as_go_does(String body, String message) {
    JsonProcessingException wrong =
        Assertions.assertThrows(
            JsonProcessingException.class, () -> Json.MAPPER.readValue(body, CreateBody.class));
    assertThat(GoJsonError.text(wrong)).isEqualTo(message);
  }
}
