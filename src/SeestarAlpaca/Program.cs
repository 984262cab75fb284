using System.CommandLine;
using SeestarAlpaca.Commands;

var serve = new ServeCommand();
var program = new RootCommand("Makes every ZWO Seestar on the network an ordinary ASCOM Alpaca camera whose picture is the telescope's live stack.")
{
    serve,
    new DiscoverCommand(),
    new SimulateCommand(),
};
serve.BeDefaultOf(program);

var arguments = program.Parse(args);
if (arguments.Errors.Count > 0)
{
    foreach (var error in arguments.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("--help lists commands and options.");
    return ExitCode.BadOptions;
}

// Telescopes are taken leave of, and downloads under way may end, before the process does.
return await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
