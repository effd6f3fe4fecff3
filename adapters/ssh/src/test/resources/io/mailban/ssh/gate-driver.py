"""Drives the gate that is installed on this server, in one process, line after line, and tells what each would start.

The gate's own file is imported as it is. Python's audit hook, which cannot be taken out again, stops whatever would start
a program, open a connection or write a file, and tells of it instead. Only these are stood in for: the programs that the gate
asks on its own account (a real fail2ban-client answers, without a new process each time), giving root up (this
process must stay root to go on), and syslog (whose lines are counted).

Standard input: a letter and a line in hexadecimal: C, what sshd would hand over in SSH_ORIGINAL_COMMAND; F, what comes in
while a fail2ban-client stands. Standard output: one JSON object for each.
"""
import importlib.machinery, importlib.util, json, os, subprocess, sys

loader = importlib.machinery.SourceFileLoader("gate", "/usr/local/sbin/mailban-gate")
gate = importlib.util.module_from_spec(importlib.util.spec_from_loader("gate", loader))
loader.exec_module(gate)
gate.EXEMPT = sys.argv[1]
os.environ["SUDO_UID"] = sys.argv[2]
os.environ["SSH_CONNECTION"] = "198.51.100.1 1 198.51.100.2 22"

asked, dropped, noted = [], [], []
real = subprocess.Popen(gate.CLIENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=gate.ENVIRONMENT)
answers = {}

class Said:
    def __init__(self, stdout):
        self.stdout = stdout

def run(command, input, env, **_):
    asked.append({"command": command, "lines": input.split("\n")[:-1], "env": env})
    if input not in answers:
        mark = f"answered{len(answers)}"
        real.stdin.write((input + f"echo {mark}\n").encode())
        real.stdin.flush()
        said = []
        while (line := real.stdout.readline().decode()) != f"fail2ban> {mark}\n":
            said.append(line)
        answers[input] = "".join(said)
    return Said(answers[input])

subprocess.run = run
for call in "setresuid", "setresgid", "setegid", "seteuid", "initgroups":
    setattr(os, call, lambda *_, call=call: dropped.append(call))
gate.syslog.syslog = lambda *_: noted.append(1)

class Stopped(BaseException):
    """What the gate would have done next."""

FORBIDDEN = ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "os.kill",
             "os.remove", "os.rename", "os.chmod", "os.chown", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate",
             "os.putenv", "subprocess.Popen", "pty.spawn", "socket.", "ctypes.", "compile", "exec", "shutil.", "fcntl.ioctl")
watching = False

def hook(event, arguments):
    if not watching:
        return
    # An open by number is of a pipe that is there already.
    written = (event == "open" and not isinstance(arguments[0], int)
               and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    if event.startswith(FORBIDDEN) or written and arguments[0] != gate.EXEMPT:
        raise Stopped(event, arguments)

sys.addaudithook(hook)

def readable(thing):
    if isinstance(thing, bytes):
        return thing.decode("utf-8", "replace")
    if isinstance(thing, dict):
        return {readable(key): readable(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [readable(part) for part in thing]
    return thing

def judged(kind, line):
    global watching
    if kind == "C":
        os.environb[b"SSH_ORIGINAL_COMMAND"] = line
    watching = True
    try:
        if kind == "F":
            return {"told": gate.let_through(line)}
        gate.main()
        return {"returned": True}
    except SystemExit as end:
        return {"refused": str(end.code)}
    except Stopped as stopped:
        return {"event": stopped.args[0], "arguments": readable(stopped.args[1])}
    except Exception as fault:
        return {"crashed": repr(fault)}
    finally:
        watching = False

said = []
for item in sys.stdin.read().split():
    del asked[:], dropped[:], noted[:]
    outcome = judged(item[0], bytes.fromhex(item[1:]))
    outcome.update(asked=list(asked), dropped="setresuid" in dropped, noted=len(noted))
    said.append(json.dumps(outcome))
print("\n".join(said))
