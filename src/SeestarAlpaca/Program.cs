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

return await program.Parse(args).InvokeAsync();
