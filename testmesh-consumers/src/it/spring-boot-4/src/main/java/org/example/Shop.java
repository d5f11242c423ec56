package org.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Shop {
  record Order(long id, String state) {}

  @GetMapping("/orders/{id}")
  Order order(@PathVariable("id") long id) {
    return new Order(id, "paid");
  }

  public static void main(String[] args) {
    SpringApplication.run(Shop.class, args);
  }
}
