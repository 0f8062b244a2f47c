using System.CommandLine;
using OpsConsole.Web.Commands;

// Ctrl+C and SIGTERM: the verb is cancelled and gets 9 seconds to drain (System.CommandLine's own default is 2).
return await CommandLine.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(9) });
