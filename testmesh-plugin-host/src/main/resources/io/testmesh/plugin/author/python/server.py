#!/usr/bin/env python3
"""The plugin {{id}}: an HTTP server on the port that TestMesh gives it. Standard library only."""
import json
import os
import socketserver
import sys
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ID = "{{id}}"
VERSION = "0.1.0"
STARTED = time.monotonic()


class Failure(Exception):
    """Fails the step with a code and a message of yours."""

    def __init__(self, code, message, **details):
        super().__init__(message)
        self.code, self.details = code, details


# ---------------------------------------------------------------- your actions

def hello(config, context, log):
    name = config.get("name")
    if not isinstance(name, str):
        raise Failure("INVALID_CONFIG", "name has to be a text")
    log("info", f"greeting {name}")
    return {"greeting": f"Hello, {name}!"}


ACTIONS = {
    f"{ID}.hello": {
        "run": hello,
        "name": "Say hello",
        "description": "Greets somebody",
        # Each step's config is held against this JSON Schema before anything is sent.
        "schema": {
            "type": "object",
            "properties": {"name": {"type": "string", "description": "who is greeted"}},
            "required": ["name"],
        },
    },
}


# ---------------------------------------------------------------- the protocol

def info():
    actions = [
        {"id": key, "name": action["name"], "description": action["description"], "schema": action["schema"]}
        for key, action in ACTIONS.items()
    ]
    return {"id": ID, "name": "{{name}}", "version": VERSION, "description": "Says hello", "actions": actions}


def failed(code, message, details=None, logs=()):
    return {
        "success": False,
        "output": {},
        "error": {"code": code, "message": message, "details": details or {}},
        "logs": list(logs),
    }


def execute(body):
    """Gives status and answer; whatever goes wrong is an answer too."""
    logs = []

    def log(level, message):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        logs.append({"level": level, "message": message, "timestamp": now})

    try:
        request = json.loads(body)
        action = ACTIONS.get(request.get("action"))
        config, context = request.get("config") or {}, request.get("context") or {}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return 400, failed("INVALID_REQUEST", "the request is no JSON object")
    if action is None:
        return 400, failed("UNKNOWN_ACTION", f"unknown action: {request.get('action')}")
    if not isinstance(config, dict) or not isinstance(context, dict):
        return 400, failed("INVALID_REQUEST", "config and context have to be objects")
    started = time.monotonic()
    try:
        output = action["run"](config, context, log)
    except Failure as failure:
        return 200, failed(failure.code, str(failure), failure.details, logs)
    except Exception as error:  # a bug of the action fails the step, the plugin goes on
        traceback.print_exc()
        return 200, failed("INTERNAL", f"{type(error).__name__}: {error}", logs=logs)
    duration = int((time.monotonic() - started) * 1000)
    return 200, {"success": True, "output": output, "logs": logs, "metrics": {"duration_ms": duration}}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            uptime = int(time.monotonic() - STARTED)
            self.answer(200, {"status": "healthy", "version": VERSION, "uptime_seconds": uptime})
        elif self.path == "/info":
            self.answer(200, info())
        else:
            self.answer(404, {"error": "not found"})

    def do_POST(self):
        length = self.headers.get("Content-Length", "0")
        body = self.rfile.read(int(length) if length.isdigit() else 0)
        if self.path == "/execute":
            self.answer(*execute(body))
        elif self.path == "/shutdown":
            self.answer(200, {"message": "shutting down"})
            self.wfile.flush()
            os._exit(0)
        else:
            self.answer(404, {"error": "not found"})

    def answer(self, status, data):
        try:
            body = json.dumps(data, allow_nan=False).encode()
        except (ValueError, TypeError) as error:
            status, body = 200, json.dumps(failed("INVALID_OUTPUT", f"the output is no JSON: {error}")).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass  # no line for each request


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self):
        # Not HTTPServer's: it looks the address up by name, which takes seconds on some machines.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a caller that went away is no error
            super().handle_error(request, client_address)


if __name__ == "__main__":
    port = int(os.environ["PLUGIN_PORT"])
    server = Server(("127.0.0.1", port), Handler)
    print(f"{ID} listening on port {port}", flush=True)
    server.serve_forever()
