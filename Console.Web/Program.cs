using System.CommandLine;
using OpsConsole.Web.Commands;

var parse = CommandLine.Create().Parse(args);

// Ctrl+C and SIGTERM: the verb is cancelled and gets 9 seconds to drain (System.CommandLine's own default is 2).
var exitCode = await parse.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(9) });

// Wrong usage is 2 for every verb, as bad settings and unusable input are; the library says 1.
return parse.Errors.Count > 0 ? ServeCommand.BadSettings : exitCode;
